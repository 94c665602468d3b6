/** Threads that keep the spikes of a file while someone chooses how they become rates. Each is ended when it is left alone. */
import type { Worker } from 'node:worker_threads';
import type { ReadAs } from '../../core/data/spikes/rateOptions.ts';
import type { RatesPreview } from '../../core/figures/ratesPreview.ts';
import { LabError } from '../../core/errors.ts';
import type { PreviewJob } from '../../app/ports.ts';
import type { ImportMessage, PreviewRequest } from './importWorker.ts';

/** as: how the file was read */
type Session = { worker: Worker; as: ReadAs; waiting: Map<number, Waiting>; timer: NodeJS.Timeout };
type Waiting = { resolve: (preview: RatesPreview) => void; reject: (error: LabError) => void };

export class SpikeSessions {
  readonly #open = new Map<string, Session>();
  readonly #idleSeconds: number;
  #asked = 0;

  constructor(idleSeconds: number) {
    this.#idleSeconds = idleSeconds;
  }

  /** Whether the file is open, and was read as these options ask. */
  has(file: string, { table, ticksPerSecond }: ReadAs): boolean {
    const as = this.#open.get(file)?.as;
    if (!as) return false;
    return (table ?? as.table) === as.table && (ticksPerSecond ?? as.ticksPerSecond) === as.ticksPerSecond;
  }

  /** worker: one that has told of the spikes of this file, and waits */
  add(file: string, worker: Worker, as: ReadAs): void {
    this.close(file);
    const session: Session = { worker, as, waiting: new Map(), timer: this.#timer(file) };
    for (const name of ['message', 'error', 'exit']) worker.removeAllListeners(name); // those of its reader
    worker.unref(); // it keeps no program alive
    worker.on('message', (message: ImportMessage) => {
      if (message.kind !== 'preview' && message.kind !== 'previewFailed') return;
      const asked = session.waiting.get(message.id);
      session.waiting.delete(message.id);
      if (message.kind === 'preview') asked?.resolve(message.preview);
      else asked?.reject(new LabError(message.code, message.message));
    });
    const gone = (): void => {
      if (this.#open.get(file) === session) this.close(file);
    };
    worker.on('error', gone);
    worker.on('exit', gone);
    this.#open.set(file, session);
  }

  /** Of a file that is open. */
  ask(file: string, { rates, units }: PreviewJob): Promise<RatesPreview> {
    const session = this.#open.get(file)!;
    clearTimeout(session.timer);
    session.timer = this.#timer(file);
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      session.waiting.set(id, { resolve, reject });
      session.worker.postMessage({ id, rates, units } satisfies PreviewRequest);
    });
  }

  close(file: string): void {
    const session = this.#open.get(file);
    if (!session) return;
    this.#open.delete(file);
    clearTimeout(session.timer);
    void session.worker.terminate();
    const closed = new LabError('import.cancelled', 'Looking at spikes: their file was closed. Import it again.');
    for (const { reject } of session.waiting.values()) reject(closed);
  }

  closeAll(): void {
    for (const file of [...this.#open.keys()]) this.close(file);
  }

  #timer(file: string): NodeJS.Timeout {
    return setTimeout(() => this.close(file), 1000 * this.#idleSeconds).unref();
  }
}
