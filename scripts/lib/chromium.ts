/** The Chromium that tests drive. */
import { existsSync } from 'node:fs';

/** CHROMIUM, or where Debian and others put it; null where there is none. */
export function chromiumPath(): string | null {
  const places = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return places.find((place) => place !== undefined && existsSync(place)) ?? null;
}
