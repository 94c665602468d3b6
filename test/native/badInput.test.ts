/** What JavaScript may hand to the addon by mistake: an error in words each time, never a crash, nothing changed. */
import { expect, it } from 'vitest';
import { bptt } from '../../src/core/rules/bptt.ts';
import type { NativeAddon, NativeBatch, NativeSetup, NativeState } from '../../src/platform/engines/nativeAddon.ts';
import { describeNative, instructionSets, nativeAddon } from '../support/nativeEngine.ts';

const [N, I, O, B, T] = [7, 3, 2, 4, 5];
const count = N + N * I + N * N + N + O * N + O;

function setup(change: object = {}): NativeSetup {
  return {
    units: N,
    inputs: I,
    outputs: O,
    activation: 'tanh',
    alpha: new Float32Array(N).fill(0.1),
    leak: 'preactivation',
    loss: 'mean-squared-error',
    dale: false,
    blockPenalty: 0,
    cellTypes: null,
    credit: bptt.credit!,
    optimizer: {
      kind: 'adam',
      learningRate: 1e-3,
      beta1: 0.9,
      beta2: 0.999,
      epsilon: 1e-8,
      weightDecay: 0,
      clipNorm: null,
      decay: null,
      frozen: [],
    },
    precision: 'float32',
    threads: 2,
    instructionSet: null,
    ...change,
  };
}

function state(change: Partial<NativeState> = {}): NativeState {
  return {
    update: 0,
    activityPenalty: 1,
    parameters: Float32Array.from({ length: count }, (_, i) => Math.sin(i)),
    first: new Float32Array(count),
    second: new Float32Array(count),
    mask: null,
    Bout: null,
    Brec: null,
    ...change,
  };
}

function batch(change: object = {}): NativeBatch {
  return {
    trials: B,
    steps: T,
    input: Float32Array.from({ length: B * T * I }, (_, i) => Math.cos(i)),
    target: Float32Array.from({ length: B * T * O }, (_, i) => Math.sin(3 * i)),
    mask: new Float32Array(B * T * O).fill(1),
    noise: null,
    ...change,
  };
}

function detached(length: number): Float32Array {
  const array = new Float32Array(length);
  structuredClone(array, { transfer: [array.buffer] });
  return array;
}

const withOne = (length: number, value: number): Float32Array => {
  const array = new Float32Array(length).fill(0.1);
  array[length >> 1] = value;
  return array;
};

const badSetups: Record<string, object> = {
  'no units': { units: 0 },
  'half a unit': { units: 6.5 },
  'units that are text': { units: '7' },
  'more units than memory': { units: 2 ** 30, alpha: new Float32Array(0) },
  'alpha 0': { alpha: new Float32Array(N) },
  'alpha above 1': { alpha: new Float32Array(N).fill(1.5) },
  'alpha NaN': { alpha: withOne(N, NaN) },
  'alpha of too few units': { alpha: new Float32Array(N - 1).fill(0.1) },
  'an unknown activation': { activation: 'sigmund' },
  'an unknown leak': { leak: 'everywhere' },
  'an unknown loss': { loss: 'regret' },
  'an unknown precision': { precision: 'float1' },
  'tf32 on the processor': { precision: 'tf32' },
  'bf16 by an instruction set without tiles': { precision: 'bf16', instructionSet: instructionSets.at(-1) },
  'an unknown instruction set': { instructionSet: 'abacus' },
  'no threads': { threads: 0 },
  'no credit': { credit: undefined },
  'a window below 0': { credit: { ...bptt.credit!, window: -1 } },
  'unknown credit': { credit: { ...bptt.credit!, recurrent: 'telepathy' } },
  'credit kept nobody knows how': { credit: { ...bptt.credit!, keeps: 'a grudge' } },
  'credit kept as by a rate, with a constant slope': { credit: { ...bptt.credit!, keeps: 'rate', slope: 0.2 } },
  'weights that decay by more than all': { credit: { ...bptt.credit!, decay: 2 } },
  'cell types beyond the units': { cellTypes: [[0, N + 1]] },
  'a cell type that ends before it starts': { cellTypes: [[3, 2]] },
  'an unknown frozen parameter': { optimizer: { ...setup().optimizer, frozen: ['Wxyz'] } },
  'a learning rate of NaN': { optimizer: { ...setup().optimizer, learningRate: NaN } },
  'a decay of the learning rate every 0 updates': {
    optimizer: { ...setup().optimizer, decay: { every: 0, factor: 0.5 } },
  },
};

const badStates: Record<string, Partial<NativeState>> = {
  'NaN weights': { parameters: withOne(count, NaN) },
  'infinite weights': { parameters: withOne(count, Infinity) },
  'too few weights': { parameters: new Float32Array(count - 1) },
  'doubles for floats': { parameters: new Float64Array(count) as unknown as Float32Array },
  'a detached array': { first: detached(count) },
  'NaN moments': { second: withOne(count, NaN) },
  'a mask of the wrong size': { mask: new Float32Array(N) },
  'a mask with a number that is none': { mask: withOne(N * N, NaN) },
  'a negative update': { update: -1 },
  'a penalty of NaN': { activityPenalty: NaN },
};

const badBatches: Record<string, object> = {
  'negative trials': { trials: -1 },
  'no steps': { steps: 0, input: new Float32Array(0), target: new Float32Array(0), mask: new Float32Array(0) },
  'an input that is too short': { input: new Float32Array(B * T * I - 1) },
  'a detached input': { input: detached(B * T * I) },
  'an input that is an ordinary array': { input: [1, 2, 3] },
  'noise of the wrong size': { noise: new Float32Array(B * T) },
  'sizes that overflow': { trials: 2 ** 31 - 1, steps: 2 ** 31 - 1 },
  'sizes whose product wraps to nothing': {
    trials: 2 ** 30,
    steps: 2 ** 30,
    input: new Float32Array(0),
    target: new Float32Array(0),
    mask: new Float32Array(0),
  },
  'a mask that counts nothing': { mask: new Float32Array(B * T * O) },
};

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return 'nothing was thrown';
}

const badArgument = { code: 'bad-argument', message: expect.stringMatching(/expected|not known/) as string };

describeNative('the native addon refuses', () => {
  const open = (s: object = {}, ...states: NativeState[]) =>
    new (nativeAddon().Networks)('cpu', setup(s), states.length > 0 ? states : [state()]);

  it.each(Object.entries(badSetups))('a setup with %s', (_, change) => {
    expect(thrownBy(() => open(change))).toMatchObject(badArgument);
  });

  it.each(Object.entries(badStates))('a state with %s', (_, change) => {
    expect(thrownBy(() => open({}, state(), state(change)))).toMatchObject(badArgument);
  });

  it.each(Object.entries(badBatches))('a batch with %s, and keeps the network as it was', (_, change) => {
    const networks = open({}, state(), state());
    const numbers = () => {
      const into = {
        parameters: new Float32Array(count),
        first: new Float32Array(count),
        second: new Float32Array(count),
        Bout: null,
        Brec: null,
      };
      return { ...networks.copyState(0, into), ...into };
    };
    networks.update([batch(), batch()]);
    const before = numbers();
    expect(thrownBy(() => networks.update([batch(), batch(change)]))).toMatchObject(badArgument);
    expect(thrownBy(() => networks.gradient(1, batch(change), { gradient: new Float32Array(count) }))).toMatchObject(
      badArgument,
    );
    expect(numbers()).toEqual(before);
  });

  it('classes that the outputs do not have', () => {
    const networks = open({ loss: 'cross-entropy' });
    const classes = (value: number) =>
      batch({
        target: withOne(B * T, value).map((v) => (Object.is(v, Math.fround(value)) ? v : 1)),
        mask: new Float32Array(B * T).fill(1),
      });
    networks.update([classes(0)]);
    for (const value of [O, -1, 0.5, NaN]) {
      expect(thrownBy(() => networks.update([classes(value)]))).toMatchObject(badArgument);
    }
  });

  it('calls with the wrong number of batches, networks that do not exist, and anything after closing', () => {
    const networks = open();
    expect(thrownBy(() => networks.update([]))).toMatchObject(badArgument);
    expect(thrownBy(() => networks.gradient(1, batch(), { gradient: new Float32Array(count) }))).toMatchObject(
      badArgument,
    );
    expect(thrownBy(() => (networks.update as (...values: unknown[]) => unknown)())).toMatchObject(badArgument);
    networks.close();
    networks.close();
    expect(thrownBy(() => networks.update([batch()]))).toMatchObject({ message: 'these networks are closed' });
  });

  it('no networks at all', () => {
    expect(thrownBy(() => new (nativeAddon().Networks)('cpu', setup(), []))).toMatchObject(badArgument);
  });

  it('an engine that is not loaded', () => {
    const addon: NativeAddon = nativeAddon();
    expect(thrownBy(() => addon.loadCuda('no such file.so'))).toMatchObject({ code: 'unavailable' });
    expect(thrownBy(() => addon.device('abacus' as 'cpu'))).toMatchObject({ code: 'unavailable' });
  });
});
