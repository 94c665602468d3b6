/** Eigenvalues of the recurrent weights that act, before and after so many updates, and their largest along training. */
import { eigenvalues as eigenvaluesOf, spectralRadius } from '../../math/linear/eigenvalues.ts';
import type { ComplexValues } from '../../math/linear/eigenvalues.ts';
import { plainLine } from '../conditionLines.ts';
import type { Figure, Line } from '../figure.ts';
import { updatesAxis } from '../versusUpdates.ts';
import { nameOf, spread, type NetworkView, type Snapshot, type ViewInput } from './networkView.ts';

const usualCheckpoints = 20;
const circle = { id: 'unit circle', label: 'unit circle', color: 6 } as const;

export const eigenvalues: NetworkView = {
  kind: 'network',
  id: 'eigenvalues',
  label: 'Eigenvalues',
  summary: 'Eigenvalues of the effective recurrent weights before and after training, with the unit circle.',
  options: ['checkpoints'],
  updates: (stored, chosen, { checkpoints }) => {
    const along = spread(stored, checkpoints || usualCheckpoints);
    return [...new Set([stored[0], ...along, chosen])].sort((a, b) => a - b);
  },
  describe(input) {
    const spectra = input.snapshots.map((snapshot) => ({ snapshot, values: eigenvaluesOf(snapshot.recurrent) }));
    return [plane(input, spectra), radius(spectra)];
  },
};

type Spectrum = { readonly snapshot: Snapshot; readonly values: ComplexValues };

function plane({ update }: ViewInput, spectra: readonly Spectrum[]): Figure {
  const first = spectra[0];
  const shown = spectra.filter(({ snapshot }) => snapshot.update === update);
  const both = first.snapshot.update === update ? shown : [first, ...shown];
  const turn = Array.from({ length: 181 }, (_, k) => (2 * Math.PI * k) / 180);
  const round: Line = {
    ...plainLine(circle.label, circle.id, turn.map(Math.cos), (k) => Math.sin(turn[k])),
    dashed: true,
  };
  return {
    id: 'eigenvalues',
    title: `Eigenvalues of the recurrent weights: ${nameOf({ ...first.snapshot, update })}`,
    x: { label: 'Real part', scale: 'linear', min: null, max: null },
    y: { label: 'Imaginary part', scale: 'linear', min: null, max: null },
    aspect: 'equal',
    groups: [
      ...both.map(({ snapshot }, k) => ({
        id: String(snapshot.update),
        label: `update ${snapshot.update}`,
        color: k === both.length - 1 ? 0 : 5,
      })),
      circle,
    ],
    palette: 'distinct',
    lines: [...both.map(dotsOf), round],
    bands: [],
    references: [],
    notes: [
      `${first.values.re.length} eigenvalues of each matrix; of the weights that act: with signs by Dale's law and without missing connections, where the network has them.`,
      ...both.map(
        ({ snapshot, values }) =>
          `Update ${snapshot.update}: largest modulus ${spectralRadius(values).toFixed(3)}, largest real part ${Math.max(...values.re).toFixed(3)}.`,
      ),
      'Where every unit has slope 1, activity grows along an eigenvector whose eigenvalue has a real part above 1.',
    ],
  };
}

function dotsOf({ snapshot, values }: Spectrum): Line {
  const { run, seed, update } = snapshot;
  return {
    label: `update ${update}`,
    group: String(update),
    role: 'member',
    x: Array.from(values.re),
    y: Array.from(values.im),
    origins: Array.from(values.re, () => ({ run, seed, update })),
    n: [],
    drawn: 'dots',
  };
}

function radius(spectra: readonly Spectrum[]): Figure {
  const updates = spectra.map(({ snapshot }) => snapshot.update);
  const origins = spectra.map(({ snapshot: { run, seed, update } }) => ({ run, seed, update }));
  const measures = [
    { id: 'modulus', label: 'largest modulus', of: spectralRadius, color: 0 },
    { id: 'real', label: 'largest real part', of: ({ re }: ComplexValues) => Math.max(...re), color: 1 },
  ];
  return {
    id: 'eigenvaluesAlongTraining',
    title: `Largest eigenvalue along training: ${spectra[0].snapshot.groupLabel}, seed ${spectra[0].snapshot.seed}`,
    x: updatesAxis(updates),
    y: { label: 'Eigenvalue of the recurrent weights', scale: 'linear', min: null, max: null },
    groups: measures.map(({ id, label, color }) => ({ id, label, color })),
    palette: 'distinct',
    lines: measures.map(({ id, label, of }) => ({
      ...plainLine(label, id, updates, (k) => of(spectra[k].values)),
      origins,
      drawn: 'path',
    })),
    bands: [],
    references: [{ label: 'unit circle', y: 1 }],
    notes: [`At ${updates.length} of the stored checkpoints, spread over training.`],
  };
}
