/** Tables as text, RFC 4180: comma, CRLF, quotes doubled. Numbers in full; empty where there is none. */
export type CsvField = string | number | null;

export function csvText(head: readonly string[], rows: readonly (readonly CsvField[])[]): string {
  return [head, ...rows].map((row) => row.map(csvField).join(',') + '\r\n').join('');
}

function csvField(value: CsvField): string {
  if (value === null) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
