/** An engine's test in words, the same in the app and on the command line. */
import type { EngineTest } from './contract.ts';

/** What the test says about right and wrong. */
export function numbersInWords({ engine, numbers, error }: EngineTest): { passed: boolean; text: string } {
  if (error !== null) return { passed: false, text: error };
  const tested = numbers.filter(({ refusal }) => refusal === null);
  const wrong = tested.find(({ agrees }) => !agrees);
  if (wrong) {
    return { passed: false, text: `${wrong.rule} differs from the reference engine by ${power(wrong.difference)}` };
  }
  const fickle = tested.find(({ repeats }) => !repeats);
  if (fickle) return { passed: false, text: `${fickle.rule} gives other numbers when repeated` };
  const largest = Math.max(0, ...tested.map(({ difference }) => difference ?? 0));
  const refused = numbers.filter(({ refusal }) => refusal !== null).map(({ rule }) => rule);
  const compared =
    engine === 'reference' ? 'is the reference engine' : `matches the reference engine to ${power(largest)}`;
  const except = refused.length > 0 ? `; not for ${refused.join(', ')}` : '';
  return { passed: true, text: `${compared}, repeats bit for bit${except}` };
}

export type SpeedInWords = { rule: string; alone: string; together: string | null };

/** "41 ms", "≈ 4.7 s": time per update of one network, alone and of four at once. */
export function speedInWords({ speed }: EngineTest): SpeedInWords[] {
  return speed.map(({ rule, msPerUpdate, estimated, msTogether }) => ({
    rule,
    alone: `${estimated ? '≈ ' : ''}${duration(msPerUpdate)}`,
    together: msTogether === null ? null : duration(msTogether),
  }));
}

/** What was measured, for a table's caption. */
export const whatWasTimed =
  'Time of one weight change of a network of the published size (200 units, 100 trials of 300 steps)';

function duration(ms: number): string {
  if (ms >= 999.5) return `${(ms / 1000).toPrecision(2)} s`;
  return `${ms >= 9.95 ? Math.round(ms) : ms.toPrecision(2)} ms`;
}

function power(difference: number | null): string {
  return (difference ?? NaN).toExponential(0);
}
