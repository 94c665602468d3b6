/** Writes the cards of all metrics of comparison into docs/metrics.md, between its marks: node scripts/metric-cards.ts */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cardFacts, settingFacts } from '../src/core/metrics/cardText.ts';
import { metrics } from '../src/core/metrics/index.ts';
import { projectFolder, runTool } from './lib/run.ts';

export const cardsPage = path.join(projectFolder, 'docs/metrics.md');
const [begin, end] = ['<!-- cards -->', '<!-- end of cards -->'];

/** The page with its cards as they are now. */
export function withCards(page: string): string {
  const cards = metrics.comparisons.map((metric) => {
    const facts = cardFacts(metric).map(({ name, text }) => `- **${name}:** ${text}`);
    const settings = settingFacts(metric).map(({ text }) => `- ${text}`);
    return [`### ${metric.label} (\`${metric.id}\`)`, '', ...facts, '', 'Settings:', '', ...settings].join('\n');
  });
  return `${page.split(begin)[0]}${begin}\n\n${cards.join('\n\n')}\n\n${end}${page.split(end)[1]}`;
}

if (import.meta.main) {
  writeFileSync(cardsPage, withCards(readFileSync(cardsPage, 'utf8')));
  runTool('prettier/bin/prettier.cjs', ['--write', cardsPage]);
}
