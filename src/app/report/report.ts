/**
 * A report: figures, what is to be known of them, how the runs were made, and all that it takes to make them again, in one
 * HTML file that needs nothing else.
 */
import { withSvgMetadata } from '../../charts/figureMetadata.ts';
import { plain } from '../../core/analysis/protocols/plain.ts';
import type { Measure } from '../../core/analysis/measure.ts';
import { LabError } from '../../core/errors.ts';
import { figures } from '../../core/figures/index.ts';
import { groupsTable, pairsTable } from '../../core/figures/statisticsTables.ts';
import { compareRuns, describeFigure } from '../describeFigure.ts';
import type { FigureView } from '../figureView.ts';
import type { DatasetRow, Paper, Ports, RunRow } from '../ports.ts';
import { recipeOf } from '../recipe.ts';
import { groupsOf, settingsOf } from '../runGroups.ts';
import { summarize } from '../runViews.ts';
import { escaped, list, page, paragraphs, table } from './html.ts';
import { citationsOf, methodsOf } from './methods.ts';

type NumbersNeeded = Pick<Ports, 'store' | 'machine'>;
type Needs = NumbersNeeded & { readonly paper: Paper };

/** runs: of one recording; ids: of figures, in order. Throws LabError `report.runs` without runs. */
export function reportOf(
  runs: readonly RunRow[],
  { figures: ids, view }: { figures: readonly string[]; view: FigureView },
  ports: Needs,
): string {
  const { store, machine } = ports;
  const dataset = runs[0] && store.datasets.get(runs[0].spec.dataset);
  if (!dataset) {
    throw new LabError('report.runs', 'Writing a report: expected at least one finished run, found none. Train some.');
  }
  const measure = view.measure ?? ownMeasure(runs[0]);
  const groups = groupsOf(runs);
  const title = `Learning rules compared on ${dataset.name}`;
  const sections = [
    `<h1>${escaped(title)}</h1>`,
    `<p class="muted">${new Date(machine.now()).toISOString().slice(0, 10)} · Learning Rule Lab ${escaped(machine.appVersion)}</p>`,
    ...ids.map((id) => figureHtml(id, runs, view, ports)),
    ...statisticsHtml(runs, view, ports),
    '<h2>Methods</h2>',
    paragraphs(methodsOf(runs, dataset, measure, machine.appVersion)),
    '<h2>Runs</h2>',
    table(
      ['rule', 'seed', 'updates', 'error', 'distance', 'engine', 'version', 'networks (SHA-256)'],
      runs.map((run, i) => {
        const { testError, distance } = summarize(run, ports, null);
        const networks = store.checkpoints.list(run.id).map(({ sha256 }) => sha256);
        return [
          groups[i].label,
          run.spec.seed,
          run.update,
          testError,
          distance,
          run.engine?.description ?? null,
          run.appVersion,
          machine.sha256(networks.join()).slice(0, 16),
        ];
      }),
    ),
    '<h2>Settings</h2>',
    settingsTable(runs),
    '<h2>Data</h2>',
    table(
      ['recording', 'neurons', 'steps', 'conditions', 'file', 'SHA-256 of the file', 'SHA-256 of the content'],
      [
        [
          `${dataset.name}${dataset.simulated ? ' (simulated)' : ''}`,
          dataset.neurons,
          dataset.steps,
          dataset.conditions,
          dataset.source.path.split(/[\\/]/).at(-1)!,
          dataset.source.sha256,
          dataset.contentSha256,
        ],
      ],
    ),
    ...saidOf(dataset),
    '<h2>Sources</h2>',
    list(citationsOf(runs, measure)),
    '<h2>To make it again</h2>',
    '<p>Each figure above carries its recipe. Save one as SVG, or take this page itself:</p>',
    '<p><code>lrlab import RECORDING &amp;&amp; lrlab reproduce report.html</code></p>',
  ];
  return page(title, sections.join('\n'));
}

function figureHtml(id: string, runs: readonly RunRow[], view: FigureView, ports: Needs): string {
  const figure = describeFigure(id, runs, view, ports);
  const svg = ports.paper.svg(figure).replace(/^<\?xml[^>]*\?>\s*/, '');
  const notes = [figures.get(id).summary, ...figure.notes];
  const drawn = withSvgMetadata(svg, JSON.stringify(recipeOf(figure, runs, view, ports)));
  return `<figure><div>${drawn}</div><figcaption><strong>${escaped(figure.title)}.</strong>${paragraphs(notes)}</figcaption></figure>`;
}

/** Seeds as the unit, read as the view says; nothing where no distance was measured. */
function statisticsHtml(runs: readonly RunRow[], view: FigureView, ports: NumbersNeeded): string[] {
  const { statistics, distanceLabel, atLabel, notes } = compareRuns(runs, view, ports);
  if (statistics.groups.every(({ n }) => n === 0)) return [];
  const [groups, pairs] = [groupsTable(statistics), pairsTable(statistics)];
  return [
    '<h2>Statistics over seeds</h2>',
    `<p>${escaped(`${distanceLabel} ${atLabel}.`)}</p>`,
    table(groups.head, groups.rows),
    ...(pairs.rows.length > 0 ? [table(pairs.head, pairs.rows)] : []),
    `<div class="muted">${list(notes)}</div>`,
  ];
}

/** What is the same in all runs, and what differs, by group. */
function settingsTable(runs: readonly RunRow[]): string {
  const groups = groupsOf(runs);
  const firsts = [...new Map(runs.map((run, i) => [groups[i].id, { run, label: groups[i].label }])).values()];
  const settings = firsts.map(({ run }) => settingsOf(run.spec));
  const names = [...new Set(settings.flatMap((s) => Object.keys(s)))];
  const rows = names.map((name) => {
    const values = settings.map((s) => s[name] ?? '–');
    return new Set(values).size === 1 ? [name, values[0], ...values.slice(1).map(() => '″')] : [name, ...values];
  });
  return table(['setting', ...firsts.map(({ label }) => label)], rows);
}

/** What people say of the recording: what to cite, and under which licence it is. */
function saidOf({ about }: DatasetRow): string[] {
  const { citation = '', licence = '' } = about ?? {};
  const said = [
    ...(citation === '' ? [] : [`Cite the recording as: ${citation}`]),
    ...(licence === '' ? [] : [`Licence of the recording: ${licence}`]),
  ];
  return said.length === 0 ? [] : [paragraphs(said)];
}

function ownMeasure({ spec }: RunRow): Measure {
  return { metric: 'procrustes', settings: { alpha: spec.analysis.alpha }, protocol: plain.id, draws: 1, seed: 1 };
}
