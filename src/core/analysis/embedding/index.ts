/** Ways to show pairwise distances in a plane. A new one is one file and one entry here. */
import { LabError } from '../../errors.ts';
import type { Matrix } from '../../math/linear/matrix.ts';
import { classicalScaling } from './classicalScaling.ts';
import { stress, stressMajorization } from './stressMajorization.ts';
import { trustworthiness } from './trustworthiness.ts';
import { perplexityFor, tsne } from './tsne.ts';
import { neighboursFor, umap } from './umap.ts';

export type EmbeddingMethod = {
  readonly id: EmbeddingId;
  readonly label: string;
  /** what a reader may take from the plane, and what not */
  readonly meaning: string;
  /** whether distances in the plane stand for the given ones, in their unit */
  readonly metric: boolean;
  /** distances: n × n. Returns n × 2. */
  place(this: void, distances: Matrix, seed: number): Matrix;
  /** settings in words */
  settings(this: void, points: number): string;
};

export const embeddingIds = ['mds', 'classical-mds', 'tsne', 'umap'] as const;
export type EmbeddingId = (typeof embeddingIds)[number];

const all: readonly EmbeddingMethod[] = [
  {
    id: 'mds',
    label: 'MDS',
    meaning: 'Distances in the plane stand for the distances between activities, as well as a plane can.',
    metric: true,
    place: stressMajorization,
    settings: () => 'metric MDS by SMACOF from the classical solution',
  },
  {
    id: 'classical-mds',
    label: 'Classical MDS',
    meaning: 'Distances in the plane are those along the two directions that hold most of them.',
    metric: true,
    place: classicalScaling,
    settings: () => 'classical MDS (Torgerson)',
  },
  {
    id: 'tsne',
    label: 't-SNE',
    meaning: 'Only who is near whom can be read; sizes of and gaps between clusters mean nothing.',
    metric: false,
    place: tsne,
    settings: (points) =>
      `t-SNE, perplexity ${perplexityFor(points).toFixed(1)}, 1000 steps from the classical solution`,
  },
  {
    id: 'umap',
    label: 'UMAP',
    meaning: 'Only who is near whom can be read; sizes of and gaps between clusters mean little.',
    metric: false,
    place: umap,
    settings: (points) => `UMAP, ${neighboursFor(points)} neighbours, minimum distance 0.1`,
  },
];

export const embeddings = {
  all,
  get(id: string): EmbeddingMethod {
    const method = all.find((m) => m.id === id);
    if (method) return method;
    const known = all.map((m) => `"${m.id}"`).join(', ');
    throw new LabError('embedding.unknown', `Choosing an embedding: expected one of ${known}, found "${id}".`);
  },
};

export type Embedding = {
  /** n × 2 */
  readonly places: Matrix;
  /** see `stress`; null where the plane keeps no distances */
  readonly stress: number | null;
  /** see `trustworthiness`, over `neighbours` */
  readonly trustworthiness: number;
  readonly neighbours: number;
};

const fewest = 4;

/** distances: n × n, symmetric, zeros on the diagonal. Throws LabError `embedding.points`. */
export function embed(method: EmbeddingMethod, distances: Matrix, seed: number): Embedding {
  const n = distances.rows;
  if (n < fewest) {
    throw new LabError(
      'embedding.points',
      `Placing activities in a plane: expected at least ${fewest} of them, found ${n}. Choose more runs or checkpoints.`,
    );
  }
  const places = method.place(distances, seed);
  const neighbours = Math.min(5, Math.ceil(n / 2) - 1);
  return {
    places,
    stress: method.metric ? stress(distances, places) : null,
    trustworthiness: trustworthiness(distances, places, neighbours),
    neighbours,
  };
}
