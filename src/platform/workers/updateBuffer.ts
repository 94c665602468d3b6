/** Collects the reports of updates as columns until they are sent. */
import type { UpdateColumns } from '../../app/contract.ts';
import type { UpdateReport } from '../../core/engines/engine.ts';

export class UpdateBuffer {
  #reports: UpdateReport[] = [];

  get length(): number {
    return this.#reports.length;
  }

  add(report: UpdateReport): void {
    this.#reports.push(report);
  }

  take(): UpdateColumns {
    const reports = this.#reports;
    this.#reports = [];
    const column = (name: keyof UpdateReport): Float64Array => Float64Array.from(reports, (r) => r[name]);
    return {
      update: column('update'),
      main: column('main'),
      activity: column('activity'),
      activityPenalty: column('activityPenalty'),
      gradientNorm: column('gradientNorm'),
    };
  }
}
