/** Numbers and text as pickles spell them. */
import type { PickleMachine } from './pickleMachine.ts';

/** Little-endian two's complement of any length. */
export function longFrom(m: PickleMachine, bytes: Uint8Array): number | bigint {
  if (bytes.length > 255) m.fail('number', 'a whole number has more than 255 bytes');
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i]);
  if (bytes.length > 0 && bytes.at(-1)! & 0x80) value -= 1n << BigInt(8 * bytes.length);
  return narrow(value);
}

function narrow(value: bigint): number | bigint {
  const n = Number(value);
  return Number.isSafeInteger(n) ? n : value;
}

export function decimal(m: PickleMachine, text: string): number | bigint {
  if (!/^[-+]?\d{1,400}L?$/.test(text.trim()))
    m.fail('number', `expected a whole number, found "${text.slice(0, 20)}"`);
  return narrow(BigInt(text.trim().replace(/^\+|L$/g, '')));
}

/** Protocol 0 text: 'quoted', with backslash escapes. */
export function quoted(m: PickleMachine, text: string): string {
  const inner = /^(['"])([\s\S]*)\1$/.exec(text.trim())?.[2];
  if (inner === undefined) return m.fail('text', 'a text has no quotes around it');
  return inner.replace(/\\(x[\da-f]{2}|[nrt'"\\])/gi, (_, e: string) =>
    e.length > 1 ? String.fromCharCode(parseInt(e.slice(1), 16)) : ({ n: '\n', r: '\r', t: '\t' }[e] ?? e),
  );
}

/** Protocol 0 text beyond Latin: \uXXXX and \UXXXXXXXX. */
export function unescaped(text: string): string {
  return text.replace(/\\u([\da-f]{4})|\\U(000[\da-f]{5}|0010[\da-f]{4})/gi, (_, short?: string, long?: string) =>
    String.fromCodePoint(parseInt(short ?? long ?? '', 16)),
  );
}

/** Protocol 0 fraction, as Python prints it. */
export function float(m: PickleMachine, text: string): number {
  const special = /^([-+]?)(?:(inf)|nan)$/.exec(text);
  if (special) return special[2] ? Number(`${special[1]}Infinity`) : NaN;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text))
    m.fail('number', `expected a number, found "${text.slice(0, 20)}"`);
  return Number(text);
}
