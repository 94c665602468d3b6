/**
 * Representational similarity analysis: one minus the correlation of two dissimilarity matrices (see dissimilarity.ts).
 *
 *   value = 1 − r( d(X)ᵢⱼ, d(Y)ᵢⱼ )        over all pairs of samples i < j
 *
 * r: Spearman's ρ, Pearson's r or Kendall's τ-b.
 *
 * Source: Kriegeskorte, Mur & Bandettini 2008, Front. Syst. Neurosci. 2:4; Nili et al. 2014, PLoS Comput. Biol.
 * 10:e1003553.
 */
import { LabError } from '../errors.ts';
import { portableLinearAlgebra } from '../math/linear/linearAlgebra.ts';
import { kendall, pearson, spearman } from '../math/ranks.ts';
import { defaultsOf } from '../tasks/settings.ts';
import type { SettingValues, TaskSettings } from '../tasks/settings.ts';
import { samplesOf } from './conditions.ts';
import { dissimilarities } from './dissimilarity.ts';
import { ofBoth } from './metric.ts';
import type { ComparisonMetric } from './metric.ts';
import { requireFinite, requireSameSamples, requireVariation } from './requirements.ts';

const label = '1 − RSA';

const settings = {
  dissimilarity: {
    kind: 'choice',
    label: 'Dissimilarity',
    hint: 'How unlike two samples are: by the correlation of their patterns over units, or by their distance.',
    options: [
      { id: 'correlation', label: '1 − correlation over units' },
      { id: 'euclidean', label: 'Euclidean distance' },
    ],
    default: 'correlation',
  },
  agreement: {
    kind: 'choice',
    label: 'Agreement',
    hint: 'How the dissimilarities of the two sets are compared.',
    options: [
      { id: 'spearman', label: "Spearman's ρ" },
      { id: 'pearson', label: "Pearson's r" },
      { id: 'kendall', label: "Kendall's τ-b" },
    ],
    default: 'spearman',
  },
} as const satisfies TaskSettings;

const agreements = { spearman, pearson, kendall };

export const rsa: ComparisonMetric<SettingValues<typeof settings>> = {
  kind: 'comparison',
  id: 'rsa',
  label,
  unit: '',
  range: [0, 2],
  better: 'lower',
  meaning:
    'How differently two sets of activity tell samples apart: one minus the correlation of their dissimilarities; 0 is the same order of dissimilarities, 1 no relation. Ignores overall scale and the order of units.',
  source:
    'Kriegeskorte, Mur & Bandettini 2008, Front. Syst. Neurosci. 2:4; Nili et al. 2014, PLoS Comput. Biol. 10:e1003553',
  ignores: ofBoth(['scaling', 'permutation']),
  symmetric: true,
  triangle: false,
  matched: true,
  identity: 0,
  preprocessing:
    "None of the units; with the correlation, each sample's mean over units is taken off and its pattern scaled to length 1.",
  limits:
    'With the correlation, rotation and offsets of units matter; choose the Euclidean distance to ignore them. Neighbouring time steps are alike in any smooth activity, which alone gives agreement: read it against the time-shuffled or condition-averaged floor.',
  settings,
  defaults: defaultsOf(settings),
  compare(x, y, settings = rsa.defaults, linear = portableLinearAlgebra) {
    requireSameSamples(x, y, label);
    const [a, b] = [x, y].map((t) => {
      requireFinite(t, label);
      const samples = samplesOf(t);
      requireVariation(samples, label);
      return dissimilarities(samples, settings.dissimilarity, label, linear);
    });
    const r = agreements[settings.agreement](a, b);
    if (Number.isFinite(r)) return 1 - r;
    throw new LabError(
      'metric.constant',
      `Measuring ${label}: expected dissimilarities that vary between pairs of samples, found all equal. Take more samples or units.`,
    );
  },
};
