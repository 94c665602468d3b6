/** Which rows are selected, as in any list: click, Ctrl-click, Shift-click, arrows. `order` is what is on screen. */

export type Selection = {
  readonly ids: ReadonlySet<string>;
  /** where the keyboard is */
  readonly active: string | null;
  /** where a range starts */
  readonly anchor: string | null;
};

export type Modifiers = { readonly range: boolean; readonly toggle: boolean };

export const nothingSelected: Selection = { ids: new Set(), active: null, anchor: null };

export function pick(now: Selection, order: readonly string[], id: string, { range, toggle }: Modifiers): Selection {
  if (range && now.anchor !== null && order.includes(now.anchor)) {
    return { ids: new Set(between(order, now.anchor, id)), active: id, anchor: now.anchor };
  }
  if (!toggle) return { ids: new Set([id]), active: id, anchor: id };
  const ids = new Set(now.ids);
  if (!ids.delete(id)) ids.add(id);
  return { ids, active: id, anchor: id };
}

/** Arrow keys: one row or a page up or down, extending the range with Shift. */
export function move(now: Selection, order: readonly string[], by: number, range: boolean): Selection {
  if (order.length === 0) return now;
  const at = now.active === null ? -1 : order.indexOf(now.active);
  const to = at < 0 ? (by > 0 ? 0 : order.length - 1) : Math.min(order.length - 1, Math.max(0, at + by));
  return pick(now, order, order[to], { range, toggle: false });
}

export function all(now: Selection, order: readonly string[]): Selection {
  return { ids: new Set(order), active: now.active ?? order[0] ?? null, anchor: order[0] ?? null };
}

/** Drops what is no longer there. */
export function keepOnly(now: Selection, there: ReadonlySet<string>): Selection {
  const held = (id: string | null): string | null => (id !== null && there.has(id) ? id : null);
  return {
    ids: new Set([...now.ids].filter((id) => there.has(id))),
    active: held(now.active),
    anchor: held(now.anchor),
  };
}

function between(order: readonly string[], a: string, b: string): readonly string[] {
  const [from, to] = [order.indexOf(a), order.indexOf(b)].sort((p, q) => p - q);
  return order.slice(from, to + 1);
}
