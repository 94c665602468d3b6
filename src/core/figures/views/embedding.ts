/** Networks along training, and the recording, in a plane: near each other where their activities are alike. */
import { embed, embeddings } from '../../analysis/embedding/index.ts';
import type { Figure, Line } from '../figure.ts';
import { nameOf, spread, type EmbeddingInput, type EmbeddingView } from './networkView.ts';

const usualCheckpoints = 6;
const recording = { id: 'recording', label: 'recording', color: 6 } as const;
/** of a dot, at the first and the last checkpoint, relative to the usual diameter */
const [smallest, largest] = [0.6, 1.8];

export const embedding: EmbeddingView = {
  kind: 'embedding',
  id: 'embedding',
  label: 'Embedding',
  summary:
    'All chosen networks along training and the recording in a plane, by the distances between their activities.',
  options: ['embedding', 'metric', 'checkpoints', 'seed'],
  updates: (stored, _chosen, { checkpoints }) => spread(stored, checkpoints || usualCheckpoints),
  describe(input) {
    const { points, recorded, distances, metricLabel, options } = input;
    const method = embeddings.get(options.embedding);
    const { places, stress, trustworthiness, neighbours } = embed(method, distances, options.seed);
    const place = (i: number) => ({ x: places.data[2 * i], y: places.data[2 * i + 1] });
    const runs = [...Map.groupBy(points.keys(), (i) => points[i].run).values()];
    const groups = [...Map.groupBy(points, ({ group }) => group).values()].map(([p]) => ({
      id: p.group,
      label: p.groupLabel,
      color: p.color,
    }));
    const ofRecording: Line = {
      label: recording.label,
      group: recording.id,
      role: 'member',
      ...columnsOf([place(points.length)]),
      origins: [],
      n: [],
      drawn: 'dots',
      sizes: [2.5],
    };
    const figure: Figure = {
      id: this.id,
      title: `Networks ${recorded ? 'and the recording ' : ''}by ${metricLabel.toLowerCase()}: ${method.label}`,
      x: { label: `${method.label} 1`, scale: 'linear', min: null, max: null },
      y: { label: `${method.label} 2`, scale: 'linear', min: null, max: null },
      aspect: 'equal',
      groups: recorded ? [...groups, recording] : groups,
      palette: 'distinct',
      lines: [...runs.map((members) => pathOf(members, input, place)), ...(recorded ? [ofRecording] : [])],
      bands: [],
      references: [],
      notes: [
        `${method.settings(distances.rows)}, of ${distances.rows} activities. ${method.meaning}`,
        ...(stress === null
          ? []
          : [`Stress (root of the squared misses over the squared distances): ${stress.toFixed(3)}.`]),
        `Trustworthiness over ${neighbours} neighbours: ${trustworthiness.toFixed(3)} (1: none is a neighbour in the plane alone).`,
        'A line joins the checkpoints of one seed; dots grow with training.',
        ...(method.id === 'umap' ? [`Seed of the layout: ${options.seed}.`] : []),
      ],
    };
    return [figure];
  },
};

type Place = { readonly x: number; readonly y: number };

/** members: places of one run's points, in order of updates */
function pathOf(members: readonly number[], { points }: EmbeddingInput, place: (i: number) => Place): Line {
  const updates = members.map((i) => points[i].update);
  const last = Math.max(1, ...updates);
  const { run, group, seed } = points[members[0]];
  return {
    label: nameOf(points[members[0]]).replace(/, update \d+$/, ''),
    group,
    role: 'member',
    ...columnsOf(members.map(place)),
    origins: updates.map((update) => ({ run, seed, update })),
    n: [],
    drawn: 'path',
    sizes: updates.map((update) => smallest + ((largest - smallest) * update) / last),
  };
}

function columnsOf(places: readonly Place[]): { x: number[]; y: number[] } {
  return { x: places.map(({ x }) => x), y: places.map(({ y }) => y) };
}
