/** What all kinds of worker share: where they are, errors as messages, and the shared flags by which runs are asked to stop. */
import { LabError } from '../../core/errors.ts';

export type WorkerName =
  'trainWorker' | 'analysisWorker' | 'measureWorker' | 'viewWorker' | 'importWorker' | 'unitWorker' | 'recordingWorker';

/** From source a worker is a .ts file; in the packaged program, a bundle beside the main one. */
export function workerEntry(name: WorkerName): URL {
  const source = import.meta.url.endsWith('.ts');
  return new URL(source ? `./${name}.ts` : `./${name}.mjs`, import.meta.url);
}

/** Error classes do not survive the crossing between threads. */
export function asMessage(error: unknown): { code: string; message: string } {
  if (error instanceof LabError) return { code: error.code, message: error.message };
  if (error instanceof RangeError && /allocation failed|Invalid typed array length/.test(error.message)) {
    return {
      code: 'memory.short',
      message: `Making room for the arrays of a run: there is not enough memory (${error.message}). Choose fewer trials, steps or units.`,
    };
  }
  return { code: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

const wishes = ['go on', 'pause', 'cancel'] as const;
export type Wish = (typeof wishes)[number];

/** The thread that trains never returns to its event loop, so it is asked through shared memory: one flag per run. */
export function ask(flags: Int32Array, place: number, wish: Wish): void {
  Atomics.store(flags, place, wishes.indexOf(wish));
}

export function requested(flags: Int32Array, place: number): Wish {
  return wishes[Atomics.load(flags, place)];
}
