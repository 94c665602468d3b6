/** Finds and loads the compiled addon (native/), and says what it exports. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type NativeSetup = {
  readonly units: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: string;
  readonly alpha: number;
  /** whether error passes between units through Wrecᵀ */
  readonly recurrentCredit: boolean;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  readonly clipNorm: number | null;
  readonly threads: number;
  /** one of `instructionSets`; null: the best */
  readonly instructionSet: string | null;
};

/** Flat arrays, see `flatParameters.ts`. */
export type NativeState = {
  readonly update: number;
  readonly activityPenalty: number;
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
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
  readonly update: number;
  readonly main: number;
  readonly activity: number;
  readonly gradientNorm: number;
  readonly activityPenalty: number;
};

/** Calls block. They throw an Error whose `code` is 'bad-argument', 'out-of-memory', 'diverged' or 'internal'. */
export interface NativeNetwork {
  update(batch: NativeBatch): NativeReport;
  gradient(batch: NativeBatch, into: { gradient: Float32Array }): NativeReport;
  forward(pass: {
    trials: number;
    steps: number;
    input: Float32Array;
    rates: Float32Array | null;
    readout: Float32Array;
  }): void;
  copyState(into: Pick<NativeState, 'parameters' | 'first' | 'second'>): { update: number; activityPenalty: number };
  close(): void;
}

export type NativeAddon = {
  readonly Network: new (setup: NativeSetup, state: NativeState) => NativeNetwork;
  /** those that this processor has, the best first */
  readonly instructionSets: readonly string[];
  readonly activations: readonly string[];
};

const built = 'native/build/Release/lrlab.node';

/**
 * Where the addon lies: LRLAB_ADDON where set, else in the nearest folder above this file that has it, since the file
 * may run from source or from a bundle. Null where there is none.
 */
export function addonPath(): string | null {
  const given = process.env['LRLAB_ADDON'];
  if (given !== undefined) return given;
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    const file = path.join(folder, built);
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
