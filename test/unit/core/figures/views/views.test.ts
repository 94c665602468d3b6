import { describe, expect, it } from 'vitest';
import { figureTable } from '../../../../../src/core/figures/figureTable.ts';
import type { Figure } from '../../../../../src/core/figures/figure.ts';
import { embedding } from '../../../../../src/core/figures/views/embedding.ts';
import { views } from '../../../../../src/core/figures/views/index.ts';
import {
  defaultViewOptions,
  spread,
  type EmbeddingInput,
  type NetworkView,
  type Snapshot,
  type ViewInput,
} from '../../../../../src/core/figures/views/networkView.ts';
import { eigenvalues } from '../../../../../src/core/math/linear/eigenvalues.ts';
import { zeroMatrix } from '../../../../../src/core/math/linear/matrix.ts';
import { zeros } from '../../../../../src/core/math/tensor.ts';
import type { Dataset } from '../../../../../src/core/data/dataset.ts';
import { tasks } from '../../../../../src/core/tasks/index.ts';
import { decisionDataset } from '../../../../support/decisionDataset.ts';
import { NumpyRandom } from '../../../../../src/core/math/random/numpyRandom.ts';
import type { Batch } from '../../../../../src/core/tasks/task.ts';
import { randomMatrix } from '../../../../support/matrices.ts';
import { randomTensor } from '../../../../support/network.ts';
import { reachDataset } from '../../../../support/reachDataset.ts';

const units = 6;

function inputOf(dataset: Dataset, taskId: string, options: Partial<ViewInput['options']> = {}): ViewInput {
  const definition = tasks.get(taskId);
  const task = definition.pose(dataset, definition.defaults);
  const { steps } = task.analysis.batch;
  const snapshots = [0, 10].map((update): Snapshot => ({
    run: 'r1',
    group: 'bptt',
    groupLabel: 'BPTT',
    color: 0,
    seed: 1,
    update,
    recurrent: randomMatrix(units, units, update + 1),
    forward: (input = task.analysis.batch.input) => ({
      rates: randomTensor([input.shape[0], steps, units], update + 2),
      readout: randomTensor([input.shape[0], steps, task.outputLabels.length], update + 3),
    }),
  }));
  const testSet = (): Batch | null => task.draw(NumpyRandom.seeded(1), 12);
  const chosen = { ...defaultViewOptions, units: [0, 5], ...options };
  return { snapshots, update: 10, task, dataset, testSet, options: chosen };
}

const reaching = (options: Partial<ViewInput['options']> = {}): ViewInput => inputOf(reachDataset(), 'reach', options);
const described = (id: string, input = reaching()): Figure[] => (views.get(id) as NetworkView).describe(input);

describe.each(views.all.filter((view): view is NetworkView => view.kind === 'network'))('$id', (view) => {
  it('gives figures with ids of their own, titles that name the network, and lines of known groups', () => {
    const figures = view.describe(reaching());
    expect(new Set(figures.map((f) => f.id)).size).toBe(figures.length);
    for (const { lines, groups, title } of figures) {
      expect(lines.length).toBeGreaterThan(0);
      expect(title.length).toBeGreaterThan(5);
      for (const line of lines) {
        expect(groups.map((g) => g.id)).toContain(line.group);
        expect(line.y).toHaveLength(line.x.length);
        expect([...line.x, ...line.y].every(Number.isFinite)).toBe(true);
      }
    }
    expect(figureTable(figures[0]).length).toBeGreaterThan(0);
  });

  it('asks for checkpoints that are stored, the chosen one among them', () => {
    const stored = [0, 1, 2, 5, 25, 100, 500];
    const wanted = view.updates(stored, 25, defaultViewOptions);
    expect(wanted).toContain(25);
    expect(wanted.every((u) => stored.includes(u))).toBe(true);
    expect([...wanted]).toEqual([...wanted].sort((a, b) => a - b));
  });

  it('works where nothing was recorded', () => {
    const dataset = reachDataset();
    const alone = { ...dataset, activity: zeros([0, 121, 8]) };
    const input = { ...reaching(), dataset: alone };
    for (const figure of view.describe(input)) expect(figure.id).not.toMatch(/recording/);
  });
});

describe('eigenvalues', () => {
  it('shows those of the first and the chosen checkpoint, with the unit circle, at equal aspect', () => {
    const [plane, along] = described('eigenvalues');
    expect(plane.aspect).toBe('equal');
    expect(plane.groups.map((g) => g.label)).toEqual(['update 0', 'update 10', 'unit circle']);
    const known = eigenvalues(randomMatrix(units, units, 11));
    const after = plane.lines.find((l) => l.group === '10')!;
    expect([after.x, after.y]).toEqual([[...known.re], [...known.im]]);
    const circle = plane.lines.at(-1)!;
    expect(circle.dashed).toBe(true);
    circle.x.forEach((x, k) => expect(Math.hypot(x, circle.y[k])).toBeCloseTo(1, 14));
    expect(along.lines[0].x).toEqual([0, 10]);
    expect(along.lines[0].y[1]).toBe(Math.hypot(known.re[0], known.im[0]));
    expect(along.lines[1].y[1]).toBe(Math.max(...known.re));
  });

  it('shows the untrained network once where it is the one chosen', () => {
    const [plane] = described('eigenvalues', { ...reaching(), update: 0 });
    expect(plane.groups.map((g) => g.label)).toEqual(['update 0', 'unit circle']);
  });
});

describe('single units', () => {
  it('are the rates over the whole trial, in ms from the event, per condition', () => {
    const input = reaching();
    const [, figure] = described('unitTraces', input);
    const { rates } = input.snapshots[0].forward();
    const [, steps] = rates.shape;
    expect(figure.title).toMatch(/^Unit 5: BPTT, seed 1/);
    expect(figure.palette).toBe('cyclic');
    expect(figure.lines[3].y[7]).toBe(rates.data[(3 * steps + 7) * units + 5]);
    expect(figure.lines[0].x[input.task.analysis.start]).toBe(-800);
    expect(figure.lines[0].x[input.task.analysis.start + 1]).toBe(-790);
  });

  it('says which units and conditions there are', () => {
    expect(() => described('unitTraces', reaching({ units: [6] }))).toThrow('has 6 units, counted from 0 to 5');
    expect(() => described('unitTraces', reaching({ conditions: [8] }))).toThrow('there are 8, counted from 0 to 7');
    const [figure] = described('unitTraces', reaching({ conditions: [1, 4] }));
    expect(figure.groups.map((g) => g.label)).toEqual(['45°', '180°']);
    expect(figure.notes).toContain('Conditions shown: 2 of 8.');
  });
});

describe('task outputs', () => {
  it('have a dashed target over the steps that count', () => {
    const input = reaching();
    const [figure] = described('taskOutputs', input);
    const { target, mask, steps } = input.task.analysis.batch;
    const dashed = figure.lines.filter((l) => l.dashed);
    expect(dashed).toHaveLength(8);
    const outputs = target.shape[2];
    const counted = Array.from({ length: steps }, (_, t) => t).filter(
      (t) => mask.data[(2 * steps + t) * outputs] !== 0,
    );
    expect(dashed[2].y).toEqual(counted.map((t) => target.data[(2 * steps + t) * outputs]));
  });

  it('of choices are probabilities that add up to 1, beside the right choice', () => {
    const input = inputOf(decisionDataset(), 'context-decision');
    const figures = described('taskOutputs', input);
    const at = (f: Figure) => f.lines.find((l) => !l.dashed)!.y[9];
    expect(figures.reduce((sum, f) => sum + at(f), 0)).toBeCloseTo(1, 12);
    const targets = figures.map((f) => f.lines.find((l) => l.dashed)!.y[9]);
    expect(targets.reduce((sum, v) => sum + v, 0)).toBe(1);
  });

  it('are shown of test trials too, each against its own target, and no others', () => {
    const input = reaching({ testTrials: [3, 11] });
    const [figure] = described('taskOutputs', input);
    expect(figure.groups.map(({ label }) => label)).toEqual(['test trial 3', 'test trial 11']);
    expect(figure.notes).toContain('Trials of the test set, 2 of 12, without noise.');
    expect(figure.x).toMatchObject({ label: 'Time in the trial (ms)', min: 0 });
    const { target, mask, steps } = input.testSet()!;
    const outputs = target.shape[2];
    const counted = Array.from({ length: steps }, (_, t) => (11 * steps + t) * outputs).filter(
      (at) => mask.data[at] !== 0,
    );
    const line = figure.lines.find(({ label }) => label === 'test trial 11, target')!;
    expect(line.y).toEqual(counted.map((at) => target.data[at]));
    expect(() => described('taskOutputs', reaching({ testTrials: [12] }))).toThrow('counted from 0 to 11');
    expect(() => described('taskOutputs', { ...reaching({ testTrials: [0] }), testSet: () => null })).toThrow(
      'tested on none',
    );
  });

  it('show a choice of many conditions, and say so', () => {
    const [figure] = described('taskOutputs', inputOf(decisionDataset(), 'context-decision'));
    const count = decisionDataset().conditions.length;
    expect(figure.groups).toHaveLength(count > 12 ? 8 : count);
    if (count > 12) expect(figure.notes.join(' ')).toContain(`8 of ${count}, evenly`);
  });
});

describe('PCA trajectories', () => {
  it('hold no more than the variance there is, in order', () => {
    const figures = described('pcaTrajectories');
    const shares = figures.at(-1)!;
    for (const { y } of shares.lines) {
      expect(y.at(-1)).toBeCloseTo(1, 10);
      y.slice(1).forEach((v, k) => expect(v).toBeGreaterThan(y[k]));
      const gains = y.map((v, k) => v - (y[k - 1] ?? 0));
      expect(gains).toEqual([...gains].sort((a, b) => b - a));
    }
    const plane = figures[0];
    expect(plane.aspect).toBe('equal');
    expect(plane.lines.filter((l) => l.drawn === 'dots')).toHaveLength(8);
  });

  it('are of the network and the recording, as many over time as asked for', () => {
    const ids = described('pcaTrajectories', reaching({ components: 2 })).map((f) => f.id);
    expect(ids).toEqual([
      'pcaPlane-network',
      'pcaTime-network-1',
      'pcaTime-network-2',
      'pcaPlane-recording',
      'pcaTime-recording-1',
      'pcaTime-recording-2',
      'pcaVariance',
    ]);
  });
});

describe('demixed components', () => {
  it('of conditions differ between these and not over time, as far as the mixture allows', () => {
    const figures = described('dpcaComponents', reaching({ components: 1 }));
    expect(figures.map((f) => f.id)).toEqual([
      'dpca-network-time-1',
      'dpca-network-condition-1',
      'dpca-network-interaction-1',
      'dpcaVariance-network',
      'dpca-recording-time-1',
      'dpca-recording-condition-1',
      'dpca-recording-interaction-1',
      'dpcaVariance-recording',
    ]);
    expect(figures[3].groups.map((g) => g.label)).toEqual(['Time', 'Condition', 'Time × condition']);
  });
});

describe('embedding', () => {
  const points = [1, 2].flatMap((seed) =>
    [0, 50, 100].map((update) => ({ run: `r${seed}`, group: 'bptt', groupLabel: 'BPTT', color: 0, seed, update })),
  );
  const distances = zeroMatrix(7, 7);
  const onLine = [0, 1, 3, 6, 10, 15, 21].map((v) => v / 10);
  for (let i = 0; i < 7; i++) {
    for (let j = 0; j < 7; j++) distances.data[i * 7 + j] = Math.abs(onLine[i] - onLine[j]);
  }
  const input: EmbeddingInput = {
    points,
    recorded: true,
    distances,
    metricLabel: 'Procrustes distance',
    options: defaultViewOptions,
  };

  it('joins the checkpoints of a seed, with dots that grow, and marks the recording', () => {
    const [figure] = embedding.describe(input);
    expect(figure.lines.map((l) => [l.label, l.x.length])).toEqual([
      ['BPTT, seed 1', 3],
      ['BPTT, seed 2', 3],
      ['recording', 1],
    ]);
    expect(figure.lines[1].origins.map((o) => [o.run, o.update])).toEqual([
      ['r2', 0],
      ['r2', 50],
      ['r2', 100],
    ]);
    const { sizes } = figure.lines[0];
    expect([...sizes!]).toEqual([...sizes!].sort((a, b) => a - b));
    expect(figure.aspect).toBe('equal');
  });

  it('says how far the plane can be trusted', () => {
    const [{ notes, lines }] = embedding.describe(input);
    expect(notes.join(' ')).toMatch(/Stress .*: 0\.000\. Trustworthiness over 3 neighbours: 1\.000/);
    const places = [...lines[0].x, ...lines[1].x, ...lines[2].x]; // on a line, as far apart as they should be
    expect(Math.max(...places) - Math.min(...places)).toBeCloseTo(2.1, 6);
    const [{ notes: unmetric }] = embedding.describe({
      ...input,
      options: { ...defaultViewOptions, embedding: 'umap', seed: 7 },
    });
    expect(unmetric.join(' ')).not.toContain('Stress');
    expect(unmetric).toContain('Seed of the layout: 7.');
  });

  it('has no recording where nothing was recorded', () => {
    const six = zeroMatrix(6, 6);
    for (let i = 0; i < 6; i++) for (let j = 0; j < 6; j++) six.data[i * 6 + j] = Math.abs(i - j);
    const [figure] = embedding.describe({ ...input, recorded: false, distances: six });
    expect(figure.groups.map((g) => g.id)).toEqual(['bptt']);
    expect(figure.title).toBe('Networks by procrustes distance: MDS');
  });
});

describe('checkpoints spread over training', () => {
  it('have the first and the last, about evenly, each once', () => {
    expect(spread([0, 10, 20, 30, 40, 50, 60], 3)).toEqual([0, 30, 60]);
    expect(spread([0, 1, 2, 3, 100], 4)).toEqual([0, 3, 100]);
    expect(spread([5, 9], 6)).toEqual([5, 9]);
  });
});

it('names the views there are where it knows none of a name', () => {
  expect(() => views.get('telepathy')).toThrow('expected one of "taskOutputs"');
});

describe('the prediction error of the dynamics', () => {
  it('names the delays and rank of the least error, and what could not be fitted', () => {
    const [network] = described('dynamicsError');
    const least = Math.min(...network.lines.flatMap((line) => line.y));
    const line = network.lines.find(({ y }) => y.includes(least))!;
    const delays = line.x[line.y.indexOf(least)];
    expect(network.notes).toContain(`Least error: ${least.toPrecision(3)} with ${delays} delays and ${line.group}.`);
    expect(network.notes.some((note) => note.startsWith('Could not be fitted'))).toBe(
      network.lines.flatMap(({ x }) => x).length < 28,
    );
    expect(network.references.map(({ label }) => label)).toEqual(['nothing changes']);
  });
});
