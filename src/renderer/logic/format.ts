/** Numbers, times and sizes as text. A missing number is a dash. */

export const missing = '–';

/** decimals: after the point; very small and large values turn to powers of ten */
export function fixed(value: number | null, decimals = 3): string {
  if (value === null || !Number.isFinite(value)) return missing;
  const [size, text] = [Math.abs(value), value.toExponential(1)];
  if (size !== 0 && (size < 0.5 * 10 ** -decimals || size >= 1e6)) return text.replaceAll('-', '−').replace('+', '');
  return value.toFixed(decimals).replace('-', '−');
}

/** 1234567 → "1,234,567" */
export function whole(value: number): string {
  return value.toLocaleString('en-US');
}

/** "1 run", "3 runs" */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${whole(n)} ${n === 1 ? one : many}`;
}

/** Rounded to what matters: "8 s", "4 min 10 s", "2 h 5 min", "3 d 4 h" */
export function duration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return missing;
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return joined(Math.floor(s / 60), 'min', s % 60, 's');
  if (s < 86_400) return joined(Math.floor(s / 3600), 'h', Math.floor((s % 3600) / 60), 'min');
  return joined(Math.floor(s / 86_400), 'd', Math.floor((s % 86_400) / 3600), 'h');
}

function joined(a: number, unitA: string, b: number, unitB: string): string {
  return b === 0 ? `${a} ${unitA}` : `${a} ${unitA} ${b} ${unitB}`;
}

/** Decimal units, as file managers show them: "4.2 MB" */
export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = n < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(n) / 3));
  const value = n / 1000 ** power;
  return `${value < 10 && power > 0 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}

/** ms since 1970 → "24 Nov 2026, 14:05" in local time */
export function dateTime(ms: number): string {
  return new Date(ms).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** −100 → "−100", with a true minus */
export function signed(value: number): string {
  return String(value).replace('-', '−');
}

/** The name, and that the numbers are no recording where the name does not say so. */
export function datasetLabel({ name, simulated }: { name: string; simulated: boolean }): string {
  return simulated && !/simulated/i.test(name) ? `${name} (simulated)` : name;
}

/** How the arrays of a file were understood; a mapping given at import carries all its answers, too long to show. */
export function layoutLabel(layout: string): string {
  if (layout.startsWith('spikes-')) return 'spikes, made into rates as chosen at import';
  return layout.startsWith('mapping ') ? 'as mapped at import' : `read as ${layout}`;
}
