/** `lrlab measure`: compare runs with their recording by a metric of one's choice. */
import type { Command } from 'commander';
import { measuredDistance } from '../../app/distanceShown.ts';
import type { RunId } from '../../app/plan.ts';
import { groupsOf } from '../../app/runGroups.ts';
import type { RunRow } from '../../app/ports.ts';
import { protocols } from '../../core/analysis/protocols/index.ts';
import { LabError } from '../../core/errors.ts';
import type { DistanceShown } from '../../core/figures/figureInput.ts';
import { levelWarnings } from '../../core/figures/levelWarnings.ts';
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
        const shown = measuredDistance(measure, runs, ports);
        const { distance } = shown;
        const measured = runs.map((run) => ({ run, points: [...shown.values(run)].sort(([a], [b]) => a - b) }));
        const warnings = warningsOf(measured, distance);
        if (options.json) {
          const listed = measured.map(({ run, points }) => ({
            run: run.id,
            rule: run.spec.rule,
            seed: run.spec.seed,
            checkpoints: points.map(([update, numbers]) => ({ update, ...numbers })),
          }));
          const { label, levels, notes } = distance;
          return printJson({ measure, label, levels, warnings, notes, runs: listed });
        }
        const { parts } = protocols.get(measure.protocol);
        printTable(
          ['id', 'rule', 'seed', 'update', ...(parts.length > 1 ? parts.map(({ label }) => label) : [distance.label])],
          measured.map(({ run, points }) => {
            const last = points.at(-1);
            const values = parts.map(({ id }) => rounded(last?.[1][`distance.${id}`] ?? null));
            return [run.id, rules.get(run.spec.rule).label, run.spec.seed, last?.[0] ?? null, ...values];
          }),
        );
        for (const { label, kind, y, sd } of distance.levels) {
          say(`${kind}: ${label} ${rounded(y)}${sd === undefined ? '' : ` ± ${rounded(sd)}`}`);
        }
        for (const note of [...warnings, ...distance.notes]) say(note);
      },
      progress.emit,
    );
  });
}

type MeasuredRun = { run: RunRow; points: [update: number, numbers: Readonly<Record<string, number | null>>][] };

function warningsOf(measured: readonly MeasuredRun[], distance: DistanceShown): string[] {
  const groups = groupsOf(measured.map(({ run }) => run));
  const curves = measured.map(({ run, points }, i) => {
    const { id: rule, label: ruleLabel, color } = groups[i];
    const named = { run: run.id, rule, ruleLabel, color, seed: run.spec.seed };
    return { ...named, points: points.map(([update, values]) => ({ update, values })) };
  });
  return levelWarnings({ curves, distance });
}
