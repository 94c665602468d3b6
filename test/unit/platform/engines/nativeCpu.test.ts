import { expect, it } from 'vitest';
import { initialState } from '../../../../src/core/engines/state.ts';
import { LabError } from '../../../../src/core/errors.ts';
import { mapParameters } from '../../../../src/core/models/parameters.ts';
import { bptt } from '../../../../src/core/rules/bptt.ts';
import { describeNative, instructionSets, nativeEngine } from '../../../support/nativeEngine.ts';
import {
  adam,
  plainLoss,
  openNetwork,
  randomBatch,
  randomParameters,
  randomTensor,
  smallShape,
} from '../../../support/network.ts';

const parameters = randomParameters(smallShape, 1);
const batch = randomBatch(smallShape, 8, 12, 2);

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

describeNative('nativeCpuEngine', () => {
  const open = () => openNetwork(bptt, parameters, { engine: nativeEngine(instructionSets[0]) });

  it.each(['retanh', 'ReLU', 'tanh'] as const)(
    'stops with the number of the update when the loss is not finite (%s)',
    (activation) => {
      const network = openNetwork(bptt, parameters, { engine: nativeEngine(instructionSets[0]), activation });
      network.update(batch, null);
      const before = network.state();
      const poisoned = {
        ...batch,
        input: { ...batch.input, data: batch.input.data.map((x, i) => (i === 5 ? NaN : x)) },
      };
      const error = thrownBy(() => network.update(poisoned, null));
      expect(error).toBeInstanceOf(LabError);
      expect(error).toMatchObject({ code: 'training.diverged' });
      expect((error as LabError).message).toContain('update 2');
      expect(network.state()).toEqual(before);
    },
  );

  it('hands out copies of its state', () => {
    const network = open();
    const state = network.state();
    mapParameters(state.parameters, (p) => {
      p.data.fill(0);
      return p;
    });
    expect(network.state().parameters.Wrec.data.some((w) => w !== 0)).toBe(true);
  });

  it('keeps the state it was opened with as its own', () => {
    const given = initialState(parameters, 1, 'float32');
    const setup = { shape: smallShape, rule: bptt, ...plainLoss, optimizer: adam };
    const network = nativeEngine(instructionSets[0]).open(setup, given);
    expect(network.state()).toEqual(given);
    network.update(batch, null);
    expect(given).toEqual(initialState(parameters, 1, 'float32'));
  });

  it('lowers the activity penalty by a third once it reaches half of the main term', () => {
    const strong = openNetwork(bptt, parameters, { engine: nativeEngine(instructionSets[0]), activityPenalty: 1000 });
    expect(strong.update(batch, null).activityPenalty).toBe((1000 * 2) / 3);
    const weak = openNetwork(bptt, parameters, { engine: nativeEngine(instructionSets[0]), activityPenalty: 1e-3 });
    expect(weak.update(batch, null).activityPenalty).toBe(1e-3);
  });

  it('refuses arrays that do not fit each other', () => {
    const short = { ...batch, target: randomTensor([8, 11, 2], 3) };
    expect(thrownBy(() => open().update(short, null))).toMatchObject({
      code: 'bad-argument',
      message: 'target: expected 192 values, found 176',
    });
  });

  it('refuses an instruction set that the processor does not have', () => {
    expect(thrownBy(() => openNetwork(bptt, parameters, { engine: nativeEngine('abacus') }))).toMatchObject({
      code: 'bad-argument',
    });
  });

  it('says so when used after closing', () => {
    const network = open();
    network.close();
    expect(thrownBy(() => network.update(batch, null))).toMatchObject({ message: 'these networks are closed' });
  });
});
