/** Initial weights of networks under Dale's law, against those that the published code made of the same draws. */
import { expect, it } from 'vitest';
import { tensor } from '../../src/core/math/tensor.ts';
import { balanceByNumber, connectCellTypes, daleCellTypes, daleMask } from '../../src/core/models/daleWeights.ts';
import { describeReference, fromJson, largestDifference } from '../support/reference.ts';
import { parametersOf, trainingCases, wiringOf, type TrainingFixture } from '../support/trainingFixtures.ts';

const dale = trainingCases.filter(({ test }) => test.settings.dale_constraint);
const rectified = dale.filter(({ test }) => test.settings.activation_function === 'ReLU');
const plain = dale.filter((each) => !rectified.includes(each));
const isSparse = ({ conn_density: p }: TrainingFixture['settings']): boolean => p > 0 && p < 1;

/** Weights as drawn, scaled for the gain and the density of connections, and balanced by number. */
function balanced({ settings, initial_weights_given_to_the_model: { Wahh } }: TrainingFixture): Float64Array {
  const scale = settings.ini_gain / (isSparse(settings) ? Math.sqrt(settings.conn_density) : 1);
  const Wrec = fromJson(Wahh).data.map((w) => w * scale);
  balanceByNumber(settings.n_recurrent, Wrec);
  return Wrec;
}

describeReference("networks under Dale's law", () => {
  it('are there', () => expect([plain.length, rectified.length]).toEqual([5, 6]));

  it.each(plain)('$file: weights are balanced by number', ({ test }) => {
    expect(largestDifference(balanced(test), parametersOf(test.parameters).Wrec.data)).toBeLessThan(1e-14);
  });

  it.each(dale.filter(({ test }) => !isSparse(test.settings)))(
    '$file: signs are those of the projecting units',
    ({ test }) => {
      expect(wiringOf(test).mask).toEqual(daleMask(test.settings.n_recurrent));
    },
  );

  it.each(rectified)('$file: cell types are connected and balanced again', ({ test }) => {
    const { n_recurrent: units } = test.settings;
    const { mask_h2h, tp_idx, Wab } = test.fixed_matrices!;
    const cellTypes = daleCellTypes(units)!;
    expect(cellTypes.flat()).toEqual(tp_idx!.data);
    const kept = cellTypes.map(([row]) => cellTypes.map(([column]) => mask_h2h!.data[row * units + column] === 1));
    const Wrec = tensor([units, units], balanced(test));
    const connected = connectCellTypes(Wrec, wiringOf(test).mask!, cellTypes, kept);
    expect(largestDifference(connected.Wrec.data, parametersOf(test.parameters).Wrec.data)).toBeLessThan(1e-14);
    expect(largestDifference(connected.Brec.data, fromJson(Wab!).data)).toBeLessThan(1e-14);
  });
});
