/** `lrlab serve`: the app in the browser. */
import type { Command } from 'commander';
import { LabError } from '../../core/errors.ts';
import { startBrowserHost } from '../../server/compose.ts';
import { printJson } from '../output.ts';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('open the app for a browser on this computer; prints the address to open')
    .option('--port <n>', 'port on 127.0.0.1 (0: any that is free)', '0')
    .option('--json', 'print the address as JSON')
    .action(async (options: { port: string; json?: boolean }) => {
      const port = Number(options.port);
      if (!Number.isInteger(port) || port < 0 || port > 65535) {
        throw new LabError('serve.port', `Reading the port: expected 0 to 65535, found "${options.port}".`);
      }
      const { home } = program.opts<{ home?: string }>();
      const host = await startBrowserHost({ workspace: home, port });
      if (options.json) printJson({ url: host.url });
      else process.stdout.write(`ready ${host.url}\n`);
      await new Promise<void>((resolve) => {
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
      });
      await host.close();
    });
}
