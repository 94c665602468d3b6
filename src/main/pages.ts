/** The pages under app://lab, from the built renderer; the only place that windows may show. */
import { protocol } from 'electron';
import { pageHeaders, readRendererFile } from '../platform/files/rendererFiles.ts';

const scheme = 'app';
export const startPage = `${scheme}://lab/`;

/** Before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Once it is ready. */
export function servePages(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const { host, pathname } = new URL(request.url);
    const file = host === 'lab' ? await readRendererFile(folder, pathname) : null;
    if (!file) return new Response('', { status: 404, headers: pageHeaders });
    return new Response(file.body, { headers: { ...pageHeaders, 'Content-Type': file.contentType } });
  });
}

/** Node's URL gives "null" as the origin of app: addresses, so scheme and host are compared. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${scheme}:` && url.host === 'lab';
}
