/** Leads to a part of a page whose other parts are still growing. */

/** for so long parts above it may take their size, unless the user moves meanwhile */
const settlesMs = 2000;

/** The target stays at the top of what scrolls around it while the parts beside it change their size. */
export function scrollToPart(page: HTMLElement, target: Element): void {
  const show = (): void => target.scrollIntoView({ block: 'start' });
  const observer = new ResizeObserver(show);
  const moved = ['wheel', 'pointerdown', 'keydown', 'touchstart'] as const;
  const end = (): void => {
    clearTimeout(timer);
    observer.disconnect();
    for (const event of moved) page.removeEventListener(event, end);
  };
  const timer = setTimeout(end, settlesMs);
  for (const event of moved) page.addEventListener(event, end, { passive: true });
  for (const part of page.children) observer.observe(part);
  show();
}
