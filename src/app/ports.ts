/** What the application needs from the machine. `src/platform` has the real ones. */
import type { Checkpoint } from '../core/checkpoints/checkpoint.ts';
import type { Dataset, DatasetAbout } from '../core/data/dataset.ts';
import type { ExportFacts } from '../core/data/exports/datasetExport.ts';
import type { DatasetFormatId } from '../core/data/exports/index.ts';
import type { Mapping } from '../core/data/layouts/mapping.ts';
import type { UnitOptions } from '../core/data/rawMante/options.ts';
import type { RateOptions, ReadAs } from '../core/data/spikes/rateOptions.ts';
import type { TrainingSetup } from '../core/engines/engine.ts';
import type { Alignment } from '../core/analysis/gradientAlignment.ts';
import type { Measure } from '../core/analysis/measure.ts';
import type { RecordingPart, RecordingParts } from '../core/analysis/recording/index.ts';
import type { Result } from '../core/analysis/result.ts';
import type { Figure } from '../core/figures/figure.ts';
import type { RatesPreview } from '../core/figures/ratesPreview.ts';
import type { RunName, ViewOptions } from '../core/figures/views/networkView.ts';
import type {
  AutomaticEngine,
  DatasetSummary,
  EngineProbe,
  EngineUsed,
  RunState,
  SelfTest,
  Settings,
  TestProgress,
  UpdateColumns,
} from './contract.ts';
import type { Origin } from './origin.ts';
import type { DatasetId, RunId, RunSpec } from './plan.ts';
import type { Read } from './preparedDataset.ts';

export type DatasetRow = Omit<DatasetSummary, 'behaviour' | 'about' | 'origin' | 'appVersion'> & {
  /** absent also in rows stored before there was any */
  behaviour?: NonNullable<DatasetSummary['behaviour']>;
  /** absent: nothing was said */
  about?: DatasetAbout;
  origin?: NonNullable<DatasetSummary['origin']>;
  /** of the app that imported it; absent in rows stored before it was kept */
  appVersion?: string;
  /** SHA-256 of everything in the dataset that numbers depend on */
  contentSha256: string;
};

type Failure = { code: string; message: string };

export type RunRow = {
  id: RunId;
  state: RunState;
  spec: RunSpec;
  update: number;
  mainLoss: number | null;
  engine: EngineUsed | null;
  /** what ended its training */
  error: Failure | null;
  /** what ended the last analysis of its checkpoints */
  analysisError: Failure | null;
  appVersion: string;
  /** null: trained here; else imported, never to be trained further */
  origin: Origin | null;
  /** process that trains it, or will; null = any app */
  owner: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
};

/** tree: hash of how the file is built, see core/data/layouts/treeSignature.ts */
export type MappingRow = {
  of: 'activity' | 'behaviour';
  tree: string;
  mapping: Mapping;
  file: string;
  givenAt: number;
};

/** `result` is the result's id, see Result. */
export type ResultPlace = { update: number; result: string; key: string };

/** update: updates made when the gradients were compared */
export type AlignmentRow = Alignment & { readonly update: number };

export type StoredCheckpoint = { update: number; sha256: string };

/** Everything that survives closing the app, but for big arrays, which lie in files. */
export interface Store {
  datasets: {
    insert(row: DatasetRow): void;
    list(): DatasetRow[];
    get(id: DatasetId): DatasetRow | null;
    rename(id: DatasetId, name: string): void;
    describe(id: DatasetId, about: DatasetAbout): void;
    remove(id: DatasetId): void;
    /** What was computed of a recording under this key, as JSON; null: nothing, or under another key. */
    part(id: DatasetId, part: RecordingPart, key: string): string | null;
    /** Takes the place of what was kept of this part. */
    keepPart(id: DatasetId, part: RecordingPart, key: string, json: string): void;
  };
  runs: {
    insert(rows: RunRow[]): void;
    list(): RunRow[];
    /** those that wait to be trained by this owner (null: by any app), in the order in which they were made */
    queued(owner: string | null): RunRow[];
    get(id: RunId): RunRow | null;
    change(id: RunId, change: Partial<Omit<RunRow, 'id' | 'spec' | 'origin' | 'createdAt'>>): RunRow;
    /** Takes a queued run for this owner, unless another process was faster. */
    claim(id: RunId, owner: string, at: number): boolean;
    remove(id: RunId): void;
  };
  updates: {
    /** Replaces rows of the same update, so that a resumed run has one curve. */
    append(run: RunId, columns: UpdateColumns): void;
    read(run: RunId, after: number): UpdateColumns;
  };
  /** How the gradients of a run's rule compare with BPTT's. */
  alignments: {
    /** Replaces rows of the same update and part, so that a resumed run has one curve. */
    append(run: RunId, rows: readonly AlignmentRow[]): void;
    /** in order of updates */
    read(run: RunId): AlignmentRow[];
    /** those of the last comparison */
    last(run: RunId): AlignmentRow[];
  };
  checkpoints: {
    add(run: RunId, checkpoint: StoredCheckpoint): void;
    list(run: RunId): StoredCheckpoint[];
    count(run: RunId): number;
  };
  /** Results are kept by the hash of all they depend on, and pointed to by the checkpoints they belong to. */
  results: {
    /** which of the keys are there already */
    known(keys: readonly string[]): Set<string>;
    /** those of the keys that are there */
    read(keys: readonly string[]): Map<string, Result>;
    put(entries: readonly { key: string; result: Result }[]): void;
    assign(run: RunId, entries: readonly ResultPlace[]): void;
    /** in order of updates */
    ofRun(run: RunId): { update: number; result: Result }[];
    /** checkpoints that have results */
    countAnalyzed(run: RunId): number;
    last(run: RunId, result: string): number | null;
  };
  /** What was said last of files that are built alike. */
  mappings: {
    remember(row: MappingRow): void;
    last(of: MappingRow['of'], tree: string): MappingRow | null;
  };
  settings: { get(): Settings; set(settings: Settings): void };
  close(): void;
}

/** The workspace folder. Every write is atomic: a reader sees the old file or the whole new one. */
export interface Workspace {
  readonly folder: string;
  readonly storeFile: string;
  readonly sampleFile: string;
  /** Throws LabError `file.*` for a missing or empty file, a directory, one that is too large or changes meanwhile. */
  readUserFile(path: string): Promise<{ bytes: Uint8Array; sha256: string; path: string }>;
  /** As a file is to be told of: a browser does not say where an uploaded one lay. */
  asToldOf(path: string): string;
  /** What is in a folder that a user named, names in order. Throws LabError `file.*` where it cannot be read. */
  listUserFolder(path: string): Promise<{ path: string; files: string[]; folders: string[] }>;
  /** Forgets a file or folder that was uploaded for import; leaves any other alone. */
  discardUpload(path: string): Promise<void>;
  datasetFile(id: DatasetId): string;
  /** file: see core/data/datasetFile.ts */
  writeDataset(id: DatasetId, file: Uint8Array): Promise<void>;
  /** part: `averages` leaves out single trials, which may be most of it. */
  readDataset(id: DatasetId, part?: 'all' | 'averages'): Promise<Dataset>;
  removeDataset(id: DatasetId): Promise<void>;
  runFolder(id: RunId): string;
  writeCheckpoint(id: RunId, checkpoint: Checkpoint): Promise<StoredCheckpoint>;
  /** Throws LabError `checkpoint.damaged` where the file is not the one that was stored. */
  readCheckpoint(id: RunId, stored: StoredCheckpoint): Promise<Checkpoint>;
  removeRun(id: RunId): Promise<void>;
}

/** Runs that train side by side: their specs are equal but for the seed. */
export type TrainingJob = {
  runs: { run: RunId; spec: RunSpec; runFolder: string }[];
  /** the engine that trained them so far, else the one that their plan asks for */
  engine: RunSpec['engine']['engine'];
  datasetFile: string;
  /** the worker stores curves and checkpoints itself, so that they are there before the point to resume from is */
  storeFile: string;
  threads: number;
};

/** What a training worker tells, after it has stored it; `failed`: none of its runs that still went on does any more. */
export type TrainingMessage =
  | { kind: 'started'; run: RunId }
  | { kind: 'updates'; run: RunId; columns: UpdateColumns; secondsPerUpdate: number }
  | { kind: 'checkpoint'; run: RunId }
  | { kind: 'stopped'; run: RunId; state: 'done' | 'paused' | 'cancelled' }
  | { kind: 'stopped'; run: RunId; state: 'failed'; error: Failure }
  | WorkerEnd;

/** The last message of any worker. */
export type WorkerEnd = { kind: 'ended' } | ({ kind: 'failed' } & Failure);

/** The metrics that a checkpoint still lacks, and under which key each result is to be kept, by result id. */
export type AnalysisItem = { checkpoint: StoredCheckpoint; metrics: string[]; keys: Record<string, string> };

/** What is needed to open the networks of a run's checkpoints. */
export type NetworkPlace = {
  spec: RunSpec;
  datasetFile: string;
  runFolder: string;
  /** the one that trained the run */
  engine: EngineUsed['id'];
};

export type AnalysisJob = {
  network: NetworkPlace;
  items: AnalysisItem[];
  threads: number;
};

export type AnalysisMessage =
  { kind: 'results'; update: number; results: { key: string; result: Result }[] } | WorkerEnd;

/** Checkpoints of a run, or levels of a recording, that a measure still lacks; by part of its protocol, the key to keep it under. */
export type MeasureJob = {
  measure: Measure;
  datasetFile: string;
  levels: { level: string; key: string }[];
  /** null: levels alone */
  network: NetworkPlace | null;
  items: { checkpoint: StoredCheckpoint; keys: Record<string, string> }[];
};

/** of one checkpoint or level */
export type MeasureMessage = { kind: 'results'; results: { key: string; result: Result }[] } | WorkerEnd;

/** A view of networks. `update`: the one chosen; distances: those known of an embedding (NaN: not yet), see EmbeddingInput. */
export type ViewJob = {
  view: string;
  options: ViewOptions;
  update: number;
  networks: { name: RunName; place: NetworkPlace; checkpoints: StoredCheckpoint[] }[];
  /** of the recording, which all networks share; neurons: 0 where nothing was recorded */
  recorded: boolean;
  distances: Float64Array | null;
};

/** pairs: places of the distances found, in ViewJob.distances */
export type ViewMessage =
  | { kind: 'distances'; pairs: { at: number; value: number }[]; done: number; of: number }
  | { kind: 'figures'; figures: Figure[] }
  | WorkerEnd;

/** What is wanted of one recording; name: as it is called now. */
export type RecordingJob = { datasetFile: string; name: string } & (
  { kind: 'part'; part: RecordingPart } | { kind: 'export'; format: DatasetFormatId; facts: ExportFacts }
);

/** files: the dataset's first; ending: what its name ends in */
export type RecordingMessage =
  | { kind: 'part'; value: RecordingParts[RecordingPart] }
  | { kind: 'files'; files: { ending: string; bytes: Uint8Array }[] }
  | WorkerEnd;

export type WorkerHandle = { terminate(): Promise<void> };

export type TrainingHandle = WorkerHandle & {
  /** asks for one run to stop after the update in progress, keeping all it needs to go on; the others are left alone */
  request(run: RunId, what: 'pause' | 'cancel'): void;
};

/** Worker threads: the only place where networks are trained and compared. */
export interface Workers {
  train(job: TrainingJob, listen: (message: TrainingMessage) => void): TrainingHandle;
  analyze(job: AnalysisJob, listen: (message: AnalysisMessage) => void): WorkerHandle;
  view(job: ViewJob, listen: (message: ViewMessage) => void): WorkerHandle;
  recording(job: RecordingJob, listen: (message: RecordingMessage) => void): WorkerHandle;
  measure(job: MeasureJob, listen: (message: MeasureMessage) => void): WorkerHandle;
}

export interface Machine {
  readonly host: 'electron' | 'browser' | 'cli';
  readonly platform: string;
  readonly appVersion: string;
  readonly cores: number;
  /** unique among the processes that share the workspace */
  readonly owner: string;
  ownerAlive(owner: string): boolean;
  now(): number;
  newId(): string;
  sha256(text: string | Uint8Array): string;
}

/** A file to be understood: as a recording, or as behaviour that is added to one; or a folder of single units. */
export type ReadJob = {
  path: string;
  mapping?: Mapping | undefined;
  units?: UnitOptions | undefined;
  /** how spikes become rates; absent: what is in the file is told */
  rates?: RateOptions | 'suggested' | undefined;
  /** where a file of spikes leaves something open, and the rates do not say */
  as?: ReadAs | undefined;
  into: Dataset | null;
  /** spikes that are told of stay open for previews, until they are closed or left alone for a while */
  stayOpen?: boolean | undefined;
};

/** units: places of those to be drawn, in the recording */
export type PreviewJob = { path: string; rates: RateOptions; units: readonly number[] };

/** share: of the file, or of the files of a folder, that was read so far, 0 to 1; files: of a folder, those done */
export type ReadProgress = { share: number; files?: { done: number; of: number } };

/** The only place where the content of files from elsewhere is understood: a thread with limits on memory and time. */
export interface Readers {
  /**
   * Throws LabError `file.*` where the file cannot be read, `format.*` and `data.*` for its content, `import.*` where it took
   * too much memory or time, or was cancelled.
   */
  read(job: ReadJob, tell?: (progress: ReadProgress) => void): { result: Promise<Read>; cancel: () => void };
  /** What the options make of the spikes in a file; fast while it is open. Throws as `read` does. */
  previewRates(job: PreviewJob): Promise<RatesPreview>;
  /** Forgets the spikes of a file, or of all. */
  closeSpikes(path?: string): void;
}

/** Draws figures for print. */
export interface Paper {
  svg(figure: Figure): string;
}

export type Ports = {
  store: Store;
  workspace: Workspace;
  workers: Workers;
  readers: Readers;
  machine: Machine;
  engines: Engines;
  /** loaded when it is needed */
  paper(): Promise<Paper>;
};

export interface Engines {
  /** What works on this machine; looked for once, in a child process. */
  probe(): Promise<{ engines: EngineProbe[]; automatic: AutomaticEngine }>;
  /** The engine that would be taken for this setup, and why; throws LabError `engine.*` when there is none. */
  preview(request: RunSpec['engine'] & { purpose?: 'analysis' }, setup: TrainingSetup): Promise<EngineUsed>;
  /**
   * How many runs of this setup are worth training in one worker with one core: 1 where an engine does one network after
   * the other. Throws as `preview` does.
   */
  groupSize(request: RunSpec['engine'], setup: TrainingSetup): Promise<number>;
  /** Tests all engines there are, in child processes; `cancel` ends it early, with the results so far. */
  test(threads: number, tell: (progress: TestProgress) => void): { result: Promise<SelfTest>; cancel(): void };
}
