import type {
  CallInput,
  DatasetAbout,
  DatasetId,
  DatasetSummary,
  EventPayload,
  ImportReply,
  MappingQuestion,
  Spikes,
} from '../../app/contract.ts';
import { pathOfFile } from '../client/pathOfFile.ts';
import { secondsLeft } from '../logic/secondsLeft.ts';
import { client } from './connection.svelte.ts';
import { router } from './router.svelte.ts';
import { attempt, toasts } from './toasts.svelte.ts';

type Mapping = NonNullable<CallInput<'dataset.import'>['mapping']>;
type Units = NonNullable<CallInput<'dataset.import'>['units']>;
type Rates = NonNullable<CallInput<'dataset.import'>['rates']>;

/** A file that could not be understood without the user's word; dataset: to which its behaviour is added, or null. */
type Asked = { question: MappingQuestion; dataset: DatasetId | null };

const lastPart = (path: string): string => path.split(/[\\/]/).at(-1)!;

class Datasets {
  /** newest first; also what runs without a recording were trained on, of 0 neurons */
  all = $state.raw<readonly DatasetSummary[]>([]);
  readonly recordings = $derived(this.all.filter((d) => d.neurons > 0));
  loaded = $state(false);
  /** what is being imported, for the status line */
  importing = $state<string | null>(null);
  /** the file that the host reads, and which share of it was read */
  reading = $state.raw<EventPayload<'dataset.importing'> | null>(null);
  /** until it is read; null while nobody can tell */
  secondsLeft = $state<number | null>(null);
  #begun = 0;
  question = $state.raw<Asked | null>(null);
  /** a file of spikes, of which has to be said how they become rates */
  spikes = $state.raw<Spikes | null>(null);

  constructor() {
    client.on('dataset.changed', () => void attempt(() => this.load()));
    client.on('dataset.importing', (reading) => {
      if (this.importing === null) return;
      if (this.reading?.path !== reading.path) this.#begun = performance.now();
      this.reading = reading;
      this.secondsLeft = secondsLeft(reading.share, (performance.now() - this.#begun) / 1000);
    });
    client.on('dataset.chosen', ({ path }) => void this.#inTurn(path, () => this.#import(path)));
  }

  async load(): Promise<void> {
    const all = await client['dataset.list']();
    this.all = all.toSorted((a, b) => b.importedAt - a.importedAt);
    this.loaded = true;
  }

  get(id: string | null): DatasetSummary | undefined {
    return this.all.find((d) => d.id === id);
  }

  /** One after the other, each when what was asked of the one before it is answered. */
  async importFiles(files: Iterable<File>): Promise<void> {
    for (const file of files) await this.#inTurn(file.name, async () => this.#import(await pathOfFile(file)));
  }

  /** A folder of single units. Throws, so that the dialog can show what is wrong beside its fields. */
  async importUnits(name: string, path: () => Promise<string>, units: Units): Promise<void> {
    const goOn = router.whenStillHere();
    await this.#during(name, async () =>
      this.#finish(await client['dataset.import']({ path: await path(), units }), null, goOn),
    );
  }

  async importSample(): Promise<void> {
    await this.#importing('the simulated sample', async () => {
      const goOn = router.whenStillHere();
      const dataset = await client['dataset.importSample']();
      await this.load();
      goOn('datasets', dataset.id);
    });
  }

  async addBehaviour(dataset: DatasetId, file: File): Promise<void> {
    await this.#importing(file.name, async () => this.#import(await pathOfFile(file), undefined, dataset));
  }

  /** Throws, so that the dialog can show what is wrong beside the answer. */
  async answer(mapping: Mapping): Promise<void> {
    const { question, dataset } = this.question!;
    await this.#during(lastPart(question.path), () => this.#import(question.path, mapping, dataset));
    this.question = null;
  }

  /** Throws, as `answer`. */
  async answerSpikes(rates: Rates): Promise<void> {
    const { path } = this.spikes!;
    const goOn = router.whenStillHere();
    await this.#during(lastPart(path), async () =>
      this.#finish(await client['dataset.import']({ path, rates }), null, goOn),
    );
    this.spikes = null;
  }

  /** Another table of trials has other columns, so the options begin anew. */
  async chooseTable(table: string): Promise<void> {
    const { path } = this.spikes!;
    const goOn = router.whenStillHere();
    await attempt(async () => this.#finish(await client['dataset.import']({ path, table }), null, goOn));
  }

  closeSpikes(): void {
    const { spikes } = this;
    this.spikes = null;
    if (spikes) void attempt(() => client['dataset.closeSpikes']({ path: spikes.path }));
  }

  async cancelImport(): Promise<void> {
    const { reading } = this;
    if (reading) await attempt(() => client['dataset.cancelImport']({ path: reading.path }));
  }

  async rename(dataset: DatasetId, name: string): Promise<void> {
    await attempt(() => client['dataset.rename']({ dataset, name }));
  }

  /** Whether it was kept. */
  async describe(dataset: DatasetId, about: Partial<DatasetAbout>): Promise<boolean> {
    return (await attempt(() => client['dataset.describe']({ dataset, ...about }))) !== undefined;
  }

  async remove({ id, name }: DatasetSummary): Promise<void> {
    await attempt(async () => {
      await client['dataset.remove']({ dataset: id });
      toasts.done(`Removed “${name}”.`);
      router.go('datasets');
    });
  }

  /** dataset: to which the file's behaviour is added */
  async #import(path: string, mapping?: Mapping, dataset: DatasetId | null = null): Promise<void> {
    const goOn = router.whenStillHere();
    const file = { path, ...(mapping ? { mapping } : {}) };
    const reply = await (dataset
      ? client['dataset.addBehaviour']({ ...file, dataset })
      : client['dataset.import'](file));
    await this.#finish(reply, dataset, goOn);
  }

  async #finish(
    reply: ImportReply,
    dataset: DatasetId | null,
    goOn: ReturnType<typeof router.whenStillHere>,
  ): Promise<void> {
    if (reply.kind === 'spikes') {
      this.spikes = reply.spikes;
      return;
    }
    if (reply.kind === 'question') {
      this.question = { question: reply.question, dataset };
      return;
    }
    await this.load();
    const { files } = reply;
    const kept = files ? `: ${files.filter((file) => file.kept).length} of ${files.length} files` : '';
    toasts.done(`Imported “${reply.dataset.name}”${kept}.`);
    goOn('datasets', reply.dataset.id);
  }

  #turn: Promise<void> = Promise.resolve();

  #inTurn(what: string, work: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(() => this.#answered()).then(() => this.#importing(what, work));
    return this.#turn;
  }

  /** When no dialog asks anything. */
  #answered(): Promise<void> {
    return new Promise((resolve) => {
      const stop = $effect.root(() => {
        $effect(() => {
          if (this.question !== null || this.spikes !== null) return;
          resolve();
          queueMicrotask(() => stop());
        });
      });
    });
  }

  async #importing(what: string, work: () => Promise<void>): Promise<void> {
    await attempt(() => this.#during(what, work));
  }

  async #during(what: string, work: () => Promise<void>): Promise<void> {
    this.importing = what;
    try {
      await work();
    } finally {
      this.importing = null;
      this.reading = null;
      this.secondsLeft = null;
    }
  }
}

export const datasets = new Datasets();
