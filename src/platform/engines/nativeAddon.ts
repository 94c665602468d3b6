/** Finds and loads the compiled addon (native/), and says what it exports. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { OptimizerSettings } from '../../core/engines/engine.ts';
import type { LossId } from '../../core/tasks/task.ts';
import type { Credit } from '../../core/rules/rule.ts';

export type NativeEngineName = 'cpu' | 'cuda';

/** of products; bf16: of those of the weights' gradient alone */
export type NativePrecision = 'float32' | 'tf32' | 'bf16';

export type NativeSetup = {
  readonly units: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: string;
  /** of each unit */
  readonly alpha: Float32Array;
  readonly leak: 'preactivation' | 'rate';
  readonly loss: LossId;
  readonly dale: boolean;
  readonly blockPenalty: number;
  readonly cellTypes: readonly (readonly [start: number, end: number])[] | null;
  readonly credit: Credit;
  readonly optimizer: OptimizerSettings;
  /** of the engine's `precisions` */
  readonly precision: NativePrecision;
  /** CPU only */
  readonly threads: number;
  /** CPU only: one of `instructionSets`; null: the best */
  readonly instructionSet: string | null;
};

/** Flat arrays, see `flatParameters.ts`. */
export type NativeState = {
  readonly update: number;
  readonly activityPenalty: number;
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  readonly mask: Float32Array | null;
  readonly Bout: Float32Array | null;
  readonly Brec: Float32Array | null;
};

export type NativeBatch = {
  readonly trials: number;
  readonly steps: number;
  readonly input: Float32Array;
  readonly target: Float32Array;
  readonly mask: Float32Array;
  readonly noise: Float32Array | null;
};

export type NativeReport = {
  /** the network kept its state; nothing else here counts then but `update`, the last one made */
  readonly diverged: boolean;
  readonly update: number;
  readonly main: number;
  readonly activity: number;
  readonly weights: number;
  readonly gradientNorm: number;
  readonly activityPenalty: number;
};

/** Networks of equal setup, by number. Calls block; they throw an Error with `code`, see `NativeErrorCode`. */
export interface NativeNetworks {
  /** one batch per network, or null where it sits the update out; one report or null per network */
  update(batches: readonly (NativeBatch | null)[]): (NativeReport | null)[];
  gradient(network: number, batch: NativeBatch, into: { gradient: Float32Array }): NativeReport;
  forward(
    network: number,
    pass: {
      trials: number;
      steps: number;
      input: Float32Array;
      rates: Float32Array | null;
      readout: Float32Array;
    },
  ): void;
  copyState(
    network: number,
    into: Pick<NativeState, 'parameters' | 'first' | 'second' | 'Bout' | 'Brec'>,
  ): { update: number; activityPenalty: number };
  close(): void;
}

export type NativeErrorCode = 'bad-argument' | 'out-of-memory' | 'diverged' | 'internal' | 'unavailable';

/** Ways of credit that an engine knows, by the fields of `Credit`. */
export type CreditForms = {
  readonly readout: readonly string[];
  readonly recurrent: readonly string[];
  readonly keeps: readonly string[];
};

export type NativeAddon = {
  readonly Networks: new (
    engine: NativeEngineName,
    setup: NativeSetup,
    states: readonly NativeState[],
  ) => NativeNetworks;
  /** Makes "cuda" known to this process; throws with code "unavailable" where the library does not load. */
  loadCuda(path: string): void;
  /** Throws with code "unavailable" and the reason where the engine cannot work here. */
  device(engine: NativeEngineName): { name: string; description: string };
  /** those that this processor has, the best first */
  readonly instructionSets: readonly string[];
  readonly activations: readonly string[];
  /** absent in an addon built before there was more than `firstForms` */
  readonly creditForms?: Readonly<Record<NativeEngineName, CreditForms>>;
  /** what each engine has here, the processor by its best instruction set; absent in an addon built before bf16 */
  readonly precisions?: Readonly<Record<NativeEngineName, readonly NativePrecision[]>>;
  /** a: rows × columns; descending */
  singularValues(rows: number, columns: number, a: Float64Array): Float64Array;
  /** xᵀ y: n × m, for x: samples × n, y: samples × m */
  transposeTimes(samples: number, n: number, m: number, x: Float64Array, y: Float64Array): Float64Array;
};

const built = 'native/build/Release/lrlab.node';

/**
 * Where the addon lies: LRLAB_ADDON where set, else in the nearest folder above this file that has it, since the file
 * may run from source or from a bundle. Null where there is none.
 */
export function addonPath(): string | null {
  return process.env['LRLAB_ADDON'] ?? nearest(built);
}

/** The first of the folders above this file that has it, or null. */
export function nearest(name: string): string | null {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, name);
    if (existsSync(file)) return file;
    if (folder === path.dirname(folder)) return null;
  }
}

export function loadAddon(file = addonPath()): { addon: NativeAddon } | { reason: string } {
  if (file === null || !existsSync(file)) {
    return {
      reason: `native addon not built: no ${file ?? built}; "npm start" builds it where there is a C++ compiler`,
    };
  }
  try {
    const addon = createRequire(import.meta.url)(file) as NativeAddon;
    if (addon.instructionSets.length > 0) return { addon };
    return { reason: 'native addon: this processor has none of the instruction sets it was built for' };
  } catch (error) {
    return { reason: `native addon does not load: ${error instanceof Error ? error.message : String(error)}` };
  }
}
