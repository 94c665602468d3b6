/** How the numbers of a measure scale with the cores: through the application's own queue, workers and store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import type { Measure } from '../src/core/analysis/measure.ts';
import { quickPreset } from '../src/app/presets.ts';
import { createService } from '../src/app/service.ts';
import { composePorts } from '../src/platform/compose.ts';
import type { Benchmark } from './benchmark.ts';
import { ratioText, takeTurns, timeText } from './rounds.ts';
import { table } from './table.ts';

const rounds = 7;
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const draws = 400;

export const measures: Benchmark = {
  name: 'measures',
  title: 'Measures and the cores',
  method:
    `${seeds.length} networks of 200 units, two checkpoints each, on the simulated recording; distances normalised with ` +
    `data, ${draws} draws a checkpoint, from splits that were not drawn before. From the request until the last number is ` +
    'stored, workers started and checkpoints read meanwhile. By the clock, in ms, smallest / median; how many times faster ' +
    `than on one core by the smallest times / median of the ratios per round, ${rounds} rounds. To reach: the number of cores.`,
  async measure() {
    const folder = mkdtempSync(path.join(tmpdir(), 'lrlab-bench-'));
    const ports = composePorts({ host: 'cli', workspace: folder });
    const service = createService(ports, { emit: () => undefined, takes: 'all' });
    try {
      const { handlers } = service;
      const runs = await handlers['run.start'](networks(ports.workspace.sampleFile));
      await service.queue.settled(runs);
      let drawn = 0;
      const counts = [1, availableParallelism()];
      const contenders = counts.map((cores) => ({
        name: String(cores),
        async sample() {
          const measure: Measure = {
            metric: 'procrustes',
            settings: {},
            protocol: 'normalizedWithData',
            draws,
            seed: ++drawn,
          };
          await handlers['settings.set']({ ...(await handlers['settings.get'](undefined)), threads: cores });
          const start = performance.now();
          await handlers['measure.start']({ runs, measure });
          await service.measures.settled(measure);
          return performance.now() - start;
        },
      }));
      const times = await takeTurns(contenders, rounds);
      const rows = counts.map((cores) => [
        String(cores),
        timeText(times, String(cores), 0),
        ratioText(times, '1', String(cores)),
      ]);
      return table(['cores', 'time', 'times faster'], rows);
    } finally {
      await service.close();
      rmSync(folder, { recursive: true });
    }
  },
};

function networks(sample: string): Parameters<ReturnType<typeof createService>['handlers']['run.start']>[0] {
  const { plan } = quickPreset;
  const training = { ...plan.training, updates: 1, trials: 10, testTrials: 10, checkpoints: { every: 1 } };
  return { ...plan, data: { path: sample }, model: { ...plan.model, units: 200 }, rules: ['bptt'], seeds, training };
}
