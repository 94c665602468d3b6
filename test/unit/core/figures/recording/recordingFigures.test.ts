import { describe, expect, it } from 'vitest';
import { recordingParts } from '../../../../../src/core/analysis/recording/index.ts';
import { neuronTitle, tracesOf } from '../../../../../src/core/figures/conditionAverages.ts';
import { everyCondition } from '../../../../../src/core/figures/conditionColours.ts';
import { figureTable } from '../../../../../src/core/figures/figureTable.ts';
import { behaviourFigures } from '../../../../../src/core/figures/recording/behaviourFigures.ts';
import { componentFigures } from '../../../../../src/core/figures/recording/componentFigures.ts';
import { populationRates } from '../../../../../src/core/figures/recording/populationRates.ts';
import { leastReliable, reliabilityFigure } from '../../../../../src/core/figures/recording/reliabilityFigure.ts';
import { fullDataset } from '../../../../support/fullDataset.ts';

const dataset = fullDataset({ trialsOf: 6 });
const { rate } = recordingParts.overview(dataset);
const components = recordingParts.components(dataset);

describe('figures of a recording', () => {
  it('are finite, and tables can be made of them', () => {
    const figures = [
      ...populationRates(rate, dataset, everyCondition),
      ...componentFigures(components, dataset, { count: 3, choice: everyCondition }),
      reliabilityFigure(recordingParts.reliability(dataset)),
      ...tracesOf(dataset, [0, 4]),
      ...behaviourFigures(dataset, everyCondition),
    ];
    expect(new Set(figures.map(({ id }) => id)).size).toBe(figures.length);
    for (const figure of figures) {
      const numbers = [...figure.lines, ...figure.bands].flatMap((part) =>
        'y' in part ? [...part.x, ...part.y] : [...part.low, ...part.high],
      );
      expect(numbers.length).toBeGreaterThan(0);
      expect(numbers.every(Number.isFinite)).toBe(true);
      expect(figureTable(figure).length).toBeGreaterThan(0);
    }
  });

  it('show as many components over time as are asked for, and the plane of two', () => {
    const figures = componentFigures(components, dataset, { count: 2, choice: everyCondition });
    expect(figures.map(({ id }) => id)).toEqual(['recordingPlane', 'recordingComponent-1', 'recordingComponent-2', 'recordingVariance']); // prettier-ignore
    const [plane, first] = figures;
    expect(plane.lines[0].x).toEqual(first.lines[0].y);
    expect(first.lines[1].y).toEqual(components.scores[0].slice(16, 32));
  });

  it('call a neuron by its name and number', () => {
    expect(neuronTitle(3, undefined)).toBe('Neuron 3');
    expect(neuronTitle(0, ['m1'])).toBe('m1 (neuron 0)');
    expect(neuronTitle(0, ['0'])).toBe('Neuron 0');
    expect(tracesOf(dataset, [1])[0].title).toBe('12 (neuron 1)');
  });

  it('have a band per condition, mean ± s.e.m. across neurons, where each line is one condition', () => {
    const [{ bands, lines, notes }] = populationRates(rate, dataset, everyCondition);
    expect(bands.map(({ group }) => group)).toEqual(lines.map(({ group }) => group));
    const values = [0, 1, 2, 3, 4].map((n) => dataset.activity.data[(n * 16 + 7) * 3 + 1]);
    const mean = values.reduce((sum, v) => sum + v, 0) / 5;
    const error = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4 / 5);
    expect(bands[1].low[7]).toBeCloseTo(mean - error, 12);
    expect(bands[1].high[7]).toBeCloseTo(mean + error, 12);
    expect(notes[0]).toContain('± s.e.m. across neurons');
    const averaged = populationRates(rate, dataset, { by: 'directionDeg', average: true })[0];
    expect(averaged.bands).toEqual([]);
    expect(averaged.notes.join()).not.toContain('s.e.m.');
    expect(populationRates({ ...rate, errors: null }, dataset, everyCondition)[0].bands).toEqual([]);
  });

  it('show each signal of the behaviour on its own steps', () => {
    const figures = behaviourFigures(dataset, everyCondition);
    expect(figures.map(({ title, y }) => [title, y.label])).toEqual([['biceps', 'EMG'], ['triceps', 'EMG']]); // prettier-ignore
    const { timeMs, values } = dataset.behaviour!;
    expect(figures[1].lines[2].x).toEqual(Array.from(timeMs));
    expect(figures[1].lines[2].y[4]).toBe(values.data[(9 + 4) * 3 + 2]);
    expect(behaviourFigures({ alignment: '', conditions: [] }, everyCondition)).toEqual([]);
  });

  it('find the least reliable neurons', () => {
    const found = { reliability: [0.9, null, 0.1, 0.5], halves: [], reasons: {}, draws: 1, seed: 1 };
    expect(leastReliable(found, ['a', 'b', 'c', 'd'], 2)).toEqual([
      { title: 'c (neuron 2)', neuron: 2, value: 0.1 },
      { title: 'd (neuron 3)', neuron: 3, value: 0.5 },
    ]);
  });
});
