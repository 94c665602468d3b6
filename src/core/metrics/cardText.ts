/** The card of a metric of comparison in words, for the command line and docs/metrics.md. */
import type { ComparisonMetric, Transformation } from './metric.ts';

export type CardFact = { readonly name: string; readonly text: string };

const words: Record<Transformation, string> = {
  rotation: 'rotation and mirroring',
  linear: 'any invertible linear map',
  scaling: 'overall scale',
  shift: 'offset of each unit',
  permutation: 'order of units',
};

/** x: the network; y: the recording. */
export function cardFacts(metric: ComparisonMetric): CardFact[] {
  const { better, identity, ignores, symmetric, triangle, matched } = metric;
  const [ofX, ofY] = [ignores.x, ignores.y].map((list) => list.map((t) => words[t]).join(', '));
  return [
    { name: 'meaning', text: metric.meaning },
    {
      name: 'range',
      text: `${rangeText(metric)}; ${better} is better; ${identity} for a copy`,
    },
    { name: 'ignores', text: ofX === ofY ? ofX : `of x ${ofX}; of y ${ofY}` },
    { name: 'both ways', text: symmetric ? 'the same from x to y and from y to x' : 'from x to y only' },
    {
      name: 'triangle',
      text: triangle ? 'obeys the triangle inequality' : 'no distance: does not promise the triangle inequality',
    },
    { name: 'conditions', text: matched ? 'must be the same, in the same order' : 'need not correspond' },
    {
      name: 'held out',
      text: metric.fit ? 'can be fitted to some conditions and scored on others' : 'has nothing to fit',
    },
    { name: 'before', text: metric.preprocessing },
    { name: 'limits', text: metric.limits },
    { name: 'source', text: metric.source },
  ];
}

export function rangeText({ range: [least, most] }: Pick<ComparisonMetric, 'range'>): string {
  return `${least} to ${most === Infinity ? '∞' : most}`;
}

/** Each setting with its default, what it may be, and what it does. */
export function settingFacts({ settings }: Pick<ComparisonMetric, 'settings'>): CardFact[] {
  return Object.entries(settings).map(([name, setting]) => ({
    name,
    text: `${name} = ${'default' in setting ? String(setting.default) : '–'} (${allowed(setting)}): ${setting.hint}`,
  }));
}

function allowed(setting: ComparisonMetric['settings'][string]): string {
  if (setting.kind === 'choice') return setting.options.map(({ id }) => id).join(', ');
  if (setting.kind === 'boolean') return 'true, false';
  if (setting.kind !== 'number') return setting.kind;
  const { least, most, unit } = setting;
  return `${least ?? '−∞'} to ${most ?? '∞'}${unit ? ` ${unit}` : ''}`;
}
