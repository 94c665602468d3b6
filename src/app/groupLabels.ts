/** The settings in which groups of runs differ, in few words. */

/** By path, text by text; nested settings have paths of their own: training.optimizer.learningRate → 0.001 */
export type FlatSettings = Readonly<Record<string, string>>;

/** What is kept of a training, on which nothing else depends: told only where the labels would not differ otherwise. */
const besideTraining = ['training.checkpoints', 'training.testTrials'];

/** Words around a value, where path and value alone would not read well. */
const phrases: Readonly<Partial<Record<string, (value: string) => string>>> = {
  conventions: (kind) => `${kind} conventions`,
  'model.units': (count) => `${count} units`,
  'model.tauMs': (tau) => `τ ${tau.replace(/\[(.*),(.*)\]/, '$1–$2')} ms`,
  'model.dale': (on) => (on === 'true' ? 'Dale’s law' : 'no Dale’s law'),
  'model.leak': (what) => `leaking ${what}`,
  'training.updates': (count) => `${count} updates`,
  'training.trials': (count) => `${count} trials`,
  'training.testTrials': (count) => `${count} test trials`,
  'training.checkpoints': (kind) => `${kind} checkpoints`,
  'training.checkpoints.every': (updates) => `checkpoints every ${updates}`,
  'training.optimizer.kind': (kind) => kind,
};

const longest = 60;

/** One label for each group, no two alike. heads: what comes first; settings: of each group */
export function groupLabels(heads: readonly string[], settings: readonly FlatSettings[]): string[] {
  const paths = Object.keys(Object.assign({}, ...settings) as object).filter(
    (path) => path !== 'rule' && new Set(settings.map((s) => s[path])).size > 1,
  );
  const labelsOf = (told: readonly string[]): string[] =>
    heads.map((head, i) => [head, ...told.flatMap((path) => phrase(path, settings[i]))].join(', '));
  const short = labelsOf(paths.filter((path) => !besideTraining.some((beside) => path.startsWith(beside))));
  return numbered((new Set(short).size === heads.length ? short : labelsOf(paths)).map(cut));
}

/** Nothing where the setting stands under another path: checkpoints as a word, or every so many updates. */
function phrase(path: string, settings: FlatSettings): string[] {
  const value = settings[path];
  const related = (other: string): boolean => other.startsWith(`${path}.`) || path.startsWith(`${other}.`);
  if (value === undefined && Object.keys(settings).some(related)) return [];
  const words = phrases[path];
  return [words && value !== undefined ? words(value) : `${lastPart(path)} ${value ?? 'default'}`];
}

function cut(label: string): string {
  return label.length <= longest ? label : `${label.slice(0, longest - 1).trimEnd()}…`;
}

function numbered(labels: readonly string[]): string[] {
  return labels.map((label, i) => {
    const before = labels.slice(0, i).filter((other) => other === label).length;
    return before === 0 ? label : `${label} (${before + 1})`;
  });
}

/** training.optimizer.learningRate → learning rate */
function lastPart(path: string): string {
  return path
    .split('.')
    .at(-1)!
    .replace(/[A-Z]/g, (c) => ` ${c.toLowerCase()}`);
}
