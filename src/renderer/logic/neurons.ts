/** Neurons as people name them: by number from 0, by range, or by the names that the file gives them. */

export const mostNeurons = 12;

/**
 * "0-5, 17, m12" → places; a name, or a part of names, may be given where there are any. Returns what is wrong with the text
 * where it names none, or too many.
 */
export function readNeurons(text: string, count: number, names: readonly string[] | null): number[] | string {
  const places: number[] = [];
  for (const part of text.split(/[,;]/).map((p) => p.trim())) {
    if (part === '') continue;
    const found = namedPlaces(part, names) ?? numberedPlaces(part, count);
    if (typeof found === 'string') return found;
    places.push(...found);
  }
  const unique = [...new Set(places)];
  if (unique.length === 0) return `Numbers from 0 to ${count - 1}, for example 0-5, 17${names ? '; or names' : ''}.`;
  if (unique.length > mostNeurons) return `At most ${mostNeurons} at once; these are ${unique.length}.`;
  return unique;
}

/** The neuron of that name; else those whose names have it as a part, the first few. */
function namedPlaces(text: string, names: readonly string[] | null): number[] | null {
  if (!names) return null;
  const wanted = text.toLowerCase();
  const lower = names.map((name) => name.trim().toLowerCase());
  const exact = lower.flatMap((name, n) => (name === wanted ? [n] : []));
  if (exact.length > 0) return exact;
  if (/^[\d\s–-]+$/.test(text)) return null;
  const partly = lower.flatMap((name, n) => (name.includes(wanted) ? [n] : []));
  return partly.length > 0 ? partly.slice(0, mostNeurons) : null;
}

function numberedPlaces(text: string, count: number): number[] | string {
  const [, from, to = from] = /^(\d+)(?:\s*(?:-|–|to)\s*(\d+))?$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return `There is no neuron "${text}".`;
  const [first, last] = [Number(from), Number(to)];
  if (first > last) return `The range runs backwards; write ${last}-${first}.`;
  if (last >= count) return `There are ${count} neurons, numbered from 0 to ${count - 1}.`;
  if (last - first >= mostNeurons) return `At most ${mostNeurons} at once; these are ${last - first + 1}.`;
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

/** [0, 1, 2, 7] → "0–2, 7" */
export function writeNeurons(places: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && place === last[1] + 1) last[1] = place;
    else runs.push([place, place]);
  }
  return runs.map(([a, b]) => (a === b ? String(a) : `${a}–${b}`)).join(', ');
}
