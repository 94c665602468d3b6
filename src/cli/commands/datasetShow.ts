/** `lrlab datasets show` and `describe`: what is known of a recording, and what people say of it. */
import type { Command } from 'commander';
import type { CallOutput, DatasetSummary, Handlers } from '../../app/contract.ts';
import type { DatasetId } from '../../app/plan.ts';
import { suggestedCitation } from '../../core/data/layouts/citations.ts';
import { LabError } from '../../core/errors.ts';
import { printFacts, printJson, rounded } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

export function addDatasetShow(datasets: Command, open: OpenPorts): void {
  datasets
    .command('show')
    .description('what is known of a recording: trials, rates, dimensions, reliability, where it comes from')
    .argument('<id>')
    .option('--json', 'print JSON')
    .action((id: DatasetId, { json }: { json?: boolean }) =>
      withService(open, async ({ handlers }) => {
        const found = await known(id, handlers);
        if (json) return printJson(found);
        printFacts(rowsOf(found));
      }),
    );
  datasets
    .command('describe')
    .description('say what is to be known of a dataset; exports and reports carry it. Empty text removes it')
    .argument('<id>')
    .option('--notes <text>', 'notes')
    .option('--licence <text>', 'under which licence it may be used')
    .option('--citation <text>', 'what to cite')
    .option('--json', 'print JSON')
    .action(
      (id: DatasetId, { json, ...said }: { json?: boolean; notes?: string; licence?: string; citation?: string }) =>
        withService(open, async ({ handlers }) => {
          if (Object.keys(said).length === 0) {
            throw new LabError('dataset.describe', 'Describing a dataset: give --notes, --licence or --citation.');
          }
          const { about } = await handlers['dataset.describe']({ dataset: id, ...said });
          if (json) return printJson(about);
          printFacts(Object.entries(about));
        }),
    );
}

type Known = {
  dataset: DatasetSummary;
  facts: CallOutput<'dataset.overview'>['facts'];
  neuronNames: string[] | null;
  conditions: string[];
  components: Omit<CallOutput<'dataset.components'>, 'figures'>;
  /** null: averages alone, see `whyNoReliability` */
  reliability: Omit<CallOutput<'dataset.reliability'>, 'figures'> | null;
  whyNoReliability: string | null;
  files: { kept: number; leftOut: number };
  suggestion: ReturnType<typeof suggestedCitation>;
};

async function known(id: DatasetId, handlers: Handlers): Promise<Known> {
  const { facts, axes } = await handlers['dataset.overview']({ dataset: id });
  const dataset = (await handlers['dataset.list'](undefined)).find((d) => d.id === id)!;
  const { figures: _, ...components } = await handlers['dataset.components']({ dataset: id, count: 1 });
  const files = await handlers['dataset.files']({ dataset: id });
  const kept = files.filter((file) => file.kept).length;
  return {
    dataset,
    facts,
    neuronNames: axes.neuronNames,
    conditions: axes.conditionLabels,
    components,
    ...(await reliabilityOf(id, handlers)),
    files: { kept, leftOut: files.length - kept },
    suggestion: suggestedCitation({ layout: dataset.source.layout, simulated: dataset.simulated }),
  };
}

async function reliabilityOf(
  id: DatasetId,
  handlers: Handlers,
): Promise<Pick<Known, 'reliability' | 'whyNoReliability'>> {
  try {
    const { figures: _, ...reliability } = await handlers['dataset.reliability']({ dataset: id });
    return { reliability, whyNoReliability: null };
  } catch (error) {
    if (!(error instanceof LabError && error.code === 'recording.trials')) throw error;
    return { reliability: null, whyNoReliability: error.message };
  }
}

function rowsOf({
  dataset,
  facts,
  components,
  reliability,
  files,
  suggestion,
  neuronNames,
}: Known): [string, string][] {
  const { source, origin, about } = dataset;
  const { trials } = facts;
  const digits = (value: number): string => String(rounded(value));
  const rows: [string, string | null][] = [
    ['name', dataset.name + (dataset.simulated ? ' (simulated)' : '')],
    ['shape', `${dataset.neurons} neurons × ${dataset.steps} steps × ${dataset.conditions} conditions`],
    ['time', `${dataset.fromMs} to ${dataset.toMs} ms from ${dataset.alignment}`],
    [
      'names of neurons',
      neuronNames ? `${neuronNames.slice(0, 6).join(', ')}${neuronNames.length > 6 ? ', …' : ''}` : 'none',
    ],
    ['trials', trials ? trialWords(trials) : 'averages alone, of unknown many'],
    ['missing values', facts.missing === 0 ? 'none' : String(facts.missing)],
    ['rates', `${digits(facts.leastRate)} to ${digits(facts.mostRate)}, mean ${digits(facts.meanRate)}`],
    ['constant neurons', facts.constantNeurons.length === 0 ? 'none' : facts.constantNeurons.join(', ')],
    ['participation ratio', digits(components.participationRatio)],
    ['90 % of the variance', `${components.ninety} of ${components.of} components`],
    ['baseline distance', dataset.crossConditionAverage === null ? '–' : digits(dataset.crossConditionAverage)],
    [
      'split-half reliability',
      reliability
        ? `median ${reliability.median === null ? '–' : digits(reliability.median)} over ${reliability.neurons} neurons, ${reliability.draws} splits`
        : 'needs single trials',
    ],
    ['behaviour', dataset.behaviour?.name ?? (dataset.kinematics.join(', ') || 'none')],
    ['file', source.path],
    ['sha256', source.sha256],
    ['format', `${source.format}, ${source.layout}`],
    ['first from', origin ? `${origin.path} (${origin.sha256})` : null],
    ['files', files.kept + files.leftOut > 0 ? `${files.kept} kept, ${files.leftOut} left out` : null],
    ['imported', `${new Date(dataset.importedAt).toISOString()}, app version ${dataset.appVersion ?? 'not known'}`],
    ['notes', about.notes],
    ['licence', about.licence],
    ['citation', about.citation],
    ['to cite, perhaps', about.citation === '' && suggestion ? suggestion.citation : null],
  ];
  return rows.flatMap(([what, text]) => (text === null || text === '' ? [] : [[what, text] as [string, string]]));
}

function trialWords({ from, total, mean, least, most }: NonNullable<Known['facts']['trials']>): string {
  const all = mean.reduce((sum, n) => sum + n, 0) / mean.length;
  const [fewest, largest] = [Math.min(...least), Math.max(...most)].map((n) => rounded(n));
  const known = from === 'singleTrials' ? 'single trials are there' : 'averages alone';
  return `${rounded(all)} per condition${fewest === largest ? '' : ` (${fewest} to ${largest})`}${total === null ? ' and neuron' : `, ${total} in all`}; ${known}`;
}
