/** When the page has all that it asked for and has drawn it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';

/** ms without a question to the host, longer than fields and figures wait before they ask */
const restMs = 700;

/** To be made before the page asks anything. */
export function settling(page: Page): () => Promise<void> {
  let [open, last] = [0, 0];
  const change = (by: number) => (): void => {
    open += by;
    last = performance.now();
  };
  page.on('request', change(1));
  page.on('requestfinished', change(-1));
  page.on('requestfailed', change(-1));
  return async () => {
    last = performance.now();
    while (open > 0 || performance.now() - last < restMs) {
      await pause(50);
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))');
    }
  };
}
