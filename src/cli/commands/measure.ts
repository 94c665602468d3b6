/** `lrlab measure`: compare runs with their recording by a metric of one's choice. */
import type { Command } from 'commander';
import { measuredDistance } from '../../app/distanceShown.ts';
import type { RunId } from '../../app/plan.ts';
import { protocols } from '../../core/analysis/protocols/index.ts';
import { LabError } from '../../core/errors.ts';
import { rules } from '../../core/rules/index.ts';
import { measureOf, withMeasureOptions } from '../measureOptions.ts';
import type { MeasureOptions } from '../measureOptions.ts';
import { printJson, printTable, rounded, say } from '../output.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = MeasureOptions & { json?: boolean };

export function addMeasure(program: Command, open: OpenPorts): void {
  const command = program
    .command('measure')
    .description(
      'compare the checkpoints of runs with their recording by a metric of your choice; known numbers cost nothing',
    )
    .argument('[ids...]', 'runs (default: all that are done)')
    .option('--json', 'print JSON: every checkpoint with its numbers, and the levels to read them against');
  withMeasureOptions(command).action((ids: RunId[], options: Options) => {
    const progress = new Progress();
    return withService(
      open,
      async ({ handlers, measures }, ports) => {
        const measure = measureOf({ metric: 'procrustes', ...options })!;
        const done = ports.store.runs.list().filter(({ state }) => state === 'done');
        const wanted = ids.length > 0 ? ids : done.map(({ id }) => id);
        await handlers['measure.start']({ runs: wanted, measure });
        await measures.settled(measure);
        progress.finish();
        const { error } = measures.progress(measure);
        if (error) throw new LabError(error.code, error.message);
        const runs = wanted.map((id) => ports.store.runs.get(id)!);
        const { distance, values } = measuredDistance(measure, runs, ports);
        const measured = runs.map((run) => ({ run, points: [...values(run)].sort(([a], [b]) => a - b) }));
        if (options.json) {
          const listed = measured.map(({ run, points }) => ({
            run: run.id,
            rule: run.spec.rule,
            seed: run.spec.seed,
            checkpoints: points.map(([update, numbers]) => ({ update, ...numbers })),
          }));
          return printJson({ measure, label: distance.label, levels: distance.levels, runs: listed });
        }
        const { parts } = protocols.get(measure.protocol);
        printTable(
          ['id', 'rule', 'seed', 'update', ...(parts.length > 1 ? parts.map(({ label }) => label) : [distance.label])],
          measured.map(({ run, points }) => {
            const [update, numbers] = points.at(-1) ?? [null, {} as Record<string, number | null>];
            const values = parts.map(({ id }) => rounded(numbers[`distance.${id}`] ?? null));
            return [run.id, rules.get(run.spec.rule).label, run.spec.seed, update, ...values];
          }),
        );
        for (const { label, kind, y } of distance.levels) say(`${kind}: ${label} ${rounded(y)}`);
      },
      progress.emit,
    );
  });
}
