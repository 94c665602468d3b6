/** What a command prints: a table for people or JSON for programs on stdout; errors on stderr. */
import type { RunSummary } from '../app/contract.ts';
import { LabError } from '../core/errors.ts';

export const exitCodes = { done: 0, error: 1, wrongUse: 2, checkFailed: 3, interrupted: 130 } as const;

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

/** Columns as wide as their widest cell; numbers to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly (string | number | null)[])[]): void {
  const cells = [head, ...rows].map((row) => row.map((cell) => (cell === null ? '–' : String(cell))));
  const widths = head.map((_, c) => Math.max(...cells.map((row) => row[c].length)));
  const right = head.map(
    (_, c) => rows.length > 0 && rows.every((row) => row[c] === null || typeof row[c] === 'number'),
  );
  for (const row of cells) {
    const line = row.map((cell, c) => (right[c] ? cell.padStart(widths[c]) : cell.padEnd(widths[c])));
    process.stdout.write(`${line.join('  ').trimEnd()}\n`);
  }
}

/** Names and what they stand for, one a line. */
export function printFacts(facts: readonly (readonly [name: string, value: string])[]): void {
  const width = Math.max(...facts.map(([name]) => name.length));
  for (const [name, value] of facts) process.stdout.write(`${name.padEnd(width)}  ${value}`.trimEnd() + '\n');
}

/** To a sensible number of digits for a table; JSON has them all. */
export function rounded(value: number | null, digits = 4): number | null {
  return value === null ? null : Number(value.toPrecision(digits));
}

export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

type Ended = Pick<RunSummary, 'id' | 'ruleLabel' | 'spec' | 'checkpoints' | 'error' | 'analysisError'>;

/** Tells what ended the training of each run and what ended its analysis; true where one of these did. */
export function sayFailures(runs: readonly Ended[]): boolean {
  for (const { id, ruleLabel, spec, checkpoints, error, analysisError } of runs) {
    const run = `run ${id} (${ruleLabel}, seed ${spec.seed})`;
    const kept = checkpoints > 0 ? ` Its ${checkpoints} checkpoints from before are kept.` : '';
    if (error) say(`${run}: ${error.code}: ${error.message}${kept}`);
    if (analysisError) say(`${run}, analysis: ${analysisError.code}: ${analysisError.message}`);
  }
  return runs.some(({ error, analysisError }) => error ?? analysisError);
}

/** Tells an error and gives the exit code for it. */
export function report(error: unknown): number {
  if (error instanceof LabError) say(`${error.code}: ${error.message}`);
  else if (error instanceof Error && 'syscall' in error) {
    say(`system: ${error.message}. Check the folder, the disk or the port that it names, then try again.`);
  } else say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCodes.error;
}
