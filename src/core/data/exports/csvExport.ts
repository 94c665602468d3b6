/**
 * The condition averages as a long table: neuron, time_ms, condition, rate; one number a row, as layouts/tables.ts reads it.
 * Numbers have as many digits as it takes to get the same ones back.
 */
import type { Dataset } from '../dataset.ts';

/** Bytes of text that are put together at a time. */
const piece = 2 ** 20;

export function csvExport({ activity, timeMs, conditions, neuronNames }: Dataset): Uint8Array {
  const [neurons, steps, count] = activity.shape as [number, number, number];
  const named = columnOf(neuronNames ?? Array.from({ length: neurons }, (_, n) => String(n)), 'neuron');
  const labels = columnOf(
    conditions.map(({ label }) => label),
    'condition',
  );
  const times = Array.from(timeMs, String);
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let text = 'neuron,time_ms,condition,rate\n';
  for (let n = 0, at = 0; n < neurons; n++) {
    for (let t = 0; t < steps; t++) {
      for (let c = 0; c < count; c++, at++) text += `${named[n]},${times[t]},${labels[c]},${activity.data[at]}\n`;
      if (text.length < piece) continue;
      pieces.push(encoder.encode(text));
      text = '';
    }
  }
  pieces.push(encoder.encode(text));
  return joined(pieces);
}

/**
 * Names as cells that are told apart when they are read again: a column of numbers stays one, any other gets a word before
 * names that look like numbers, and a number behind those that occur twice.
 */
export function columnOf(names: readonly string[], word: string): string[] {
  const numeric = names.every((name) => String(Number(name)) === name && Number.isFinite(Number(name)));
  const looksLikeNumber = names.some((name) => name.trim() === '' || isMissing(name) || Number.isFinite(Number(name)));
  const spoken = names.map((name) => (!numeric && looksLikeNumber ? `${word} ${name}`.trim() : name));
  const seen = new Map<string, number>();
  return spoken.map((name) => {
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    return cell(before === 0 ? name : `${name} (${before + 1})`);
  });
}

const isMissing = (name: string): boolean => ['nan', 'na', 'null', 'inf', '-inf'].includes(name.trim().toLowerCase());

const cell = (text: string): string => (/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const bytes of pieces) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}
