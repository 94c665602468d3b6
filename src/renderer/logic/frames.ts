/** Work that is drawn, one piece a frame however many parts of the page ask for it, so that none waits for all. */

const waiting = new Set<() => void>();
let asked = false;

function ask(): void {
  if (asked || waiting.size === 0) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const [work] = waiting;
    if (!work) return;
    waiting.delete(work);
    ask();
    work();
  });
}

/** Returns what calls it off. */
export function whenItsTurn(work: () => void): () => void {
  const mine = (): void => work(); // asked for twice, done twice
  waiting.add(mine);
  ask();
  return () => void waiting.delete(mine);
}
