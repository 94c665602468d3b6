/** `lrlab rules`: the learning rules, what each needs, and with `--check` whether they do what theory says. */
import type { Command } from 'commander';
import type { LawOutcome, RuleChoice } from '../../app/contract.ts';
import { rules as allRules } from '../../core/rules/index.ts';
import { exitCodes, printJson, printTable } from '../output.ts';
import { withService } from '../session.ts';
import type { OpenPorts } from '../session.ts';

type Options = { check?: boolean; json?: boolean };

export function addRules(program: Command, open: OpenPorts): void {
  program
    .command('rules')
    .description(
      'list the learning rules, their equations, what a synapse would have to know for each, and their settings',
    )
    .argument('[ids...]', 'rules to list or check (default: all)')
    .option('--check', 'check on small networks that each rule does what theory says (some seconds)')
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExit code 3: a rule does not do what theory says.')
    .action((ids: string[], options: Options) =>
      withService(open, async ({ handlers }) => {
        const asked = ids.length > 0 ? { rules: ids } : {};
        if (options.check) {
          const outcomes = await handlers['rule.check'](asked);
          if (outcomes.some(({ holds }) => !holds)) process.exitCode ??= exitCodes.checkFailed;
          return options.json ? printJson(outcomes) : printOutcomes(outcomes);
        }
        const { rules } = await handlers['app.choices'](undefined);
        for (const id of ids) allRules.get(id); // throws for an unknown one
        const chosen = ids.length > 0 ? rules.filter(({ id }) => ids.includes(id)) : rules;
        return options.json ? printJson(chosen) : printRules(chosen);
      }),
    );
}

function printRules(rules: readonly RuleChoice[]): void {
  printTable(
    ['rule', 'synapse needs', 'errors come', 'forward weights', 'when', 'chance', 'memory'],
    rules.map(({ id, needs: n }) => [id, n.locality, n.signal, n.weightTransport, n.timing, n.draws, n.memory]),
  );
  for (const { id, label, summary, source, equation, settings } of rules) {
    process.stdout.write(`\n${id}: ${label}. ${summary}\n  ${source}\n`);
    const width = Math.max(...equation.map(([line]) => line.length));
    for (const [line, meaning] of equation) process.stdout.write(`    ${line.padEnd(width)}   ${meaning}\n`);
    for (const [name, { hint, unit, default: usual, least, most }] of Object.entries(settings)) {
      const range = `${least ?? '−∞'} to ${most ?? '∞'}`;
      process.stdout.write(`  ${name} = ${usual}${unit ? ` ${unit}` : ''} (${range}): ${hint}\n`);
    }
  }
}

function printOutcomes(outcomes: readonly LawOutcome[]): void {
  for (const { rule, says, figure, value, least, most, holds } of outcomes) {
    const bound = most === null ? `at least ${least}` : `at most ${most}`;
    const found = value === null ? 'not a number' : value.toPrecision(3);
    process.stdout.write(`${holds ? 'ok    ' : 'FAILED'} ${rule} ${says}: ${figure} ${found}, ${bound}\n`);
  }
  const broken = outcomes.filter(({ holds }) => !holds).length;
  const count = new Set(outcomes.map(({ rule }) => rule)).size;
  process.stdout.write(
    `\n${outcomes.length} laws of ${count} ${count === 1 ? 'rule' : 'rules'} checked, ${broken} broken\n`,
  );
}
