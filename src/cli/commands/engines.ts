/** `lrlab engines`: what can train here, and why the rest cannot. */
import type { Command } from 'commander';
import { printJson, printTable } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addEngines(program: Command, open: OpenPorts): void {
  program
    .command('engines')
    .description('list the training engines found on this machine, and why others were not taken')
    .option('--json', 'print JSON')
    .action((options: { json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const probes = await handlers['engine.probe'](undefined);
        if (options.json) return printJson(probes);
        printTable(
          ['engine', 'available', 'what', 'why'],
          probes.map((p) => [p.id, p.available ? 'yes' : 'no', p.description, p.reason]),
        );
      }),
    );
}
