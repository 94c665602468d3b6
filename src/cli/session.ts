/** One command's work on the workspace: opens the application, and closes it whatever happens. */
import type { Emit } from '../app/contract.ts';
import type { Ports } from '../app/ports.ts';
import { createService } from '../app/service.ts';
import type { Service } from '../app/service.ts';
import { exitCodes, say } from './output.ts';

export type OpenPorts = () => Ports;

export async function withService<T>(
  open: OpenPorts,
  work: (service: Service, ports: Ports) => Promise<T> | T,
  emit: Emit = () => {},
): Promise<T> {
  const ports = open();
  const service = createService(ports, { emit, takes: 'own' });
  const stop = (): void => {
    say('Stopping after the updates in progress; `lrlab runs resume` goes on from there. Again to stop at once.');
    process.exitCode = exitCodes.interrupted;
    process.once('SIGINT', () => process.exit(exitCodes.interrupted));
    void service.queue.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(service, ports);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    await service.close();
  }
}
