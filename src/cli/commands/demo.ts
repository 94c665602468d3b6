/** `lrlab demo`: the main job on the bundled simulated recording, small enough for a laptop. */
import path from 'node:path';
import type { Command } from 'commander';
import { quickPreset } from '../../app/presets.ts';
import { say } from '../output.ts';
import { Progress } from '../progress.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';
import { trainAndReport } from './train.ts';

export function addDemo(program: Command, open: OpenPorts): void {
  program
    .command('demo')
    .description('train 2 rules × 2 seeds on the bundled simulated recording, compare them, write figures and a table')
    .option('--out <folder>', 'where to write them', 'demo-results')
    .option('--json', 'print JSON')
    .action(async (options: { out: string; json?: boolean }) => {
      const progress = new Progress();
      await withService(
        open,
        async (service, ports) => {
          say('The recording of this demo is simulated; import your own with `lrlab import FILE`.');
          const plan = { ...quickPreset.plan, data: { path: ports.workspace.sampleFile } };
          await trainAndReport(plan, service, ports, progress, { ...options, out: path.resolve(options.out) });
        },
        progress.emit,
      );
    });
}
