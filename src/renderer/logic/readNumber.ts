/** Numbers as people type them. */

export type NumberRule = { whole?: boolean; least?: number; most?: number; above?: number };

/** The number, or what is wrong with the text. */
export function readNumber(text: string, rule: NumberRule): number | string {
  const { whole = false, least, most, above } = rule;
  const value = text.trim() === '' ? NaN : Number(text.trim().replace('−', '-'));
  const inside =
    (least === undefined || value >= least) &&
    (most === undefined || value <= most) &&
    (above === undefined || value > above);
  if (Number.isFinite(value) && inside && (!whole || Number.isInteger(value))) return value;
  return `${expected(rule)}.`;
}

function expected({ whole = false, least, most, above }: NumberRule): string {
  const kind = whole ? 'A whole number' : 'A number';
  const upTo = most === undefined ? '' : most.toLocaleString('en-US');
  if (above !== undefined) return `${kind} above ${above}${upTo && ` and up to ${upTo}`}`;
  if (least === undefined) return `${kind}${upTo && `, ${upTo} or less`}`;
  return upTo ? `${kind} from ${least} to ${upTo}` : `${kind}, ${least} or more`;
}

const between = /^\s*(.+?)\s*(?:to|–|,|(?<=\d)-)\s*(.+?)\s*$/;

/** Whether two things are given, be they numbers or not. */
export function isRange(text: string): boolean {
  return between.test(text);
}

/** "50 to 200", "50-200" → [50, 200], the smaller first; or what is wrong with the text */
export function readRange(text: string, rule: NumberRule): [number, number] | string {
  const parts = between.exec(text);
  const [first, last] = parts ? [parts[1], parts[2]].map((part) => readNumber(part, rule)) : [NaN, NaN];
  if (typeof first === 'string') return first;
  if (typeof last === 'string') return last;
  if (first <= last) return [first, last];
  return parts ? `The range runs backwards; write ${last} to ${first}.` : 'A range, for example 10 to 50.';
}

export function writeRange([first, last]: readonly [number, number]): string {
  return `${first} to ${last}`;
}

/** "0.1, 0.2" → [0.1, 0.2]; or what is wrong with the text */
export function readNumbers(text: string, rule: NumberRule & { fewest: number }): number[] | string {
  const values: number[] = [];
  for (const part of text.split(/[,;]/).filter((p) => p.trim() !== '')) {
    const value = readNumber(part, rule);
    if (typeof value === 'string') return `Each: ${value}`;
    values.push(value);
  }
  return values.length >= rule.fewest ? values : `${rule.fewest} or more numbers, with commas between them.`;
}
