/** After which updates the weights are kept. */
export type CheckpointSchedule = 'published' | { readonly every: number };

/**
 * Update numbers in ascending order, without repeats; 0 and `total` are always among them.
 *
 * `published` is dense where the weights change fast; for 1000 updates it gives the 115 numbers of the published runs.
 */
export function checkpointUpdates(schedule: CheckpointSchedule, total: number): number[] {
  const wanted = schedule === 'published' ? published(total) : multiples(schedule.every, total);
  return [...new Set([0, ...wanted, total])].filter((u) => u <= total).sort((u, v) => u - v);
}

/** After which updates the gradient of the next one is compared with that of BPTT; null: never. */
export type AlignmentSchedule = { readonly every: number } | { readonly updates: readonly number[] } | null;

/** Update numbers below `total`, since the last weights have no next update; 0: the initial weights. */
export function alignmentUpdates(schedule: AlignmentSchedule, total: number): number[] {
  if (schedule === null) return [];
  const wanted = 'every' in schedule ? multiples(schedule.every, total) : schedule.updates;
  return [...new Set(wanted)].filter((u) => u < total).sort((u, v) => u - v);
}

function published(total: number): number[] {
  return [
    ...[1, 2, 3, 4, 5, 50, 100, 150, 200],
    ...spaced(20, 25, 150),
    ...spaced(20, 0, total),
    ...spaced(40, 200, 700),
    ...(total > 700 ? spaced(30, 700, Math.min(1500, total)) : []),
  ];
}

/** `count` numbers at equal distances from `first` to `last`, both included, each rounded. */
function spaced(count: number, first: number, last: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.round(first + (i * (last - first)) / (count - 1)));
}

function multiples(step: number, total: number): number[] {
  return Array.from({ length: Math.floor(total / step) + 1 }, (_, i) => i * step);
}
