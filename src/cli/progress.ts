/** Progress on stderr: one line that rewrites itself on a terminal, now and then a line elsewhere. */
import type { Emit, EventPayload, RunSummary } from '../app/contract.ts';
import type { RunId } from '../app/plan.ts';

const everyMs = { terminal: 200, elsewhere: 5000 };

export class Progress {
  readonly #runs = new Map<RunId, RunSummary>();
  readonly #terminal = process.stderr.isTTY;
  #measured: EventPayload<'measure.progress'> | null = null;
  #pairs = { done: 0, of: 0 };
  #writtenAt = 0;
  #written = '';

  readonly emit: Emit = (name, payload) => {
    if (name === 'run.changed') {
      const run = payload as EventPayload<'run.changed'>;
      this.#runs.set(run.id, run);
    } else if (name === 'run.updates') {
      const { run, columns, secondsLeft } = payload as EventPayload<'run.updates'>;
      const known = this.#runs.get(run);
      const last = columns.update.length - 1;
      if (known)
        this.#runs.set(run, { ...known, update: columns.update[last], mainLoss: columns.main[last], secondsLeft });
    } else if (name === 'measure.progress') {
      const measured = payload as EventPayload<'measure.progress'>;
      const before = this.#measured;
      this.#measured = measured.of > 0 ? measured : before && { ...before, done: before.of };
    } else if (name === 'network.viewing') this.#pairs = payload as EventPayload<'network.viewing'>;
    this.#show(false);
  };

  /** Writes the last state and ends the line. */
  finish(): void {
    this.#show(true);
    if (this.#terminal && this.#written) process.stderr.write('\n');
  }

  #show(last: boolean): void {
    const now = performance.now();
    if (!last && now - this.#writtenAt < (this.#terminal ? everyMs.terminal : everyMs.elsewhere)) return;
    const line = this.#line();
    if (line === this.#written) return;
    this.#writtenAt = now;
    this.#written = line;
    process.stderr.write(this.#terminal ? `\r\x1b[K${line}` : `${line}\n`);
  }

  #line(): string {
    const runs = [...this.#runs.values()];
    const here = runs.filter((r) => r.origin === null);
    const total = here.reduce((n, r) => n + r.spec.training.updates, 0);
    const made = here.reduce((n, r) => n + r.update, 0);
    const trained = here.filter((r) => r.state === 'done').length;
    const failed = runs.filter((r) => r.state === 'failed').length;
    const checkpoints = runs.reduce((n, r) => n + r.checkpoints, 0);
    const analyzed = runs.reduce((n, r) => n + r.analyzed, 0);
    const left = Math.max(0, ...runs.map((r) => (r.state === 'running' ? (r.secondsLeft ?? 0) : 0)));
    return [
      ...(here.length < runs.length ? [`${runs.length - here.length} imported`] : []),
      ...(here.length > 0 ? [`${trained}/${here.length} runs trained`, `${made}/${total} updates`] : []),
      ...(analyzed > 0 ? [`${analyzed}/${checkpoints} checkpoints analysed`] : []),
      ...(this.#measured ? [`${this.#measured.done}/${this.#measured.of} checkpoints and levels measured`] : []),
      ...(this.#pairs.of > 0 ? [`${this.#pairs.done}/${this.#pairs.of} pairs compared`] : []),
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(left > 0 ? [`runs at work: ${duration(left)} left`] : []),
    ].join(' · ');
  }
}

/** How much of the files of an import was read, on a terminal. */
export function readingProgress(): { emit: Emit; finish(): void } {
  const line = (text: string): void => void (process.stderr.isTTY && process.stderr.write(`\r\x1b[K${text}`));
  return {
    emit(name, payload) {
      if (name !== 'dataset.importing') return;
      const { share, files } = payload as EventPayload<'dataset.importing'>;
      line(files ? `file ${files.done + 1} of ${files.of}` : `${Math.round(100 * share)} % read`);
    },
    finish: () => line(''),
  };
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
