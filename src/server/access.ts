/**
 * Who may speak with the browser host: only the page that was opened with the printed address.
 *
 * The token comes once, in that address, and then lives in a cookie that no script can read and no other site's
 * request carries. Host must be the bound address (another name that points here is DNS rebinding), and so must Origin
 * where the browser sends one.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Access = {
  readonly token: string;
  isToken(text: string | null | undefined): boolean;
  /** HTTP status to refuse with, or null when the request may pass. */
  refusal(headers: IncomingHttpHeaders): 401 | 403 | 421 | null;
  isHost(headers: IncomingHttpHeaders): boolean;
  /** Value of the header Set-Cookie. */
  readonly cookie: string;
};

/** address: the bound one, as `127.0.0.1:PORT`. */
export function accessTo(address: string, token = randomBytes(24).toString('base64url')): Access {
  // cookies are shared by all ports of a computer: each host has a name of its own
  const name = `lrlab-${address.split(':').at(-1)}`;
  const isToken: Access['isToken'] = (text) => {
    const given = Buffer.from(text ?? '');
    const right = Buffer.from(token);
    return given.length === right.length && timingSafeEqual(given, right);
  };
  const isHost: Access['isHost'] = ({ host }) => host === address;
  return {
    token,
    isToken,
    isHost,
    refusal(headers) {
      if (!isHost(headers)) return 421;
      if (headers.origin !== undefined && headers.origin !== `http://${address}`) return 403;
      return isToken(cookieNamed(name, headers.cookie)) ? null : 401;
    },
    cookie: `${name}=${token}; HttpOnly; SameSite=Strict; Path=/`,
  };
}

function cookieNamed(name: string, header = ''): string | undefined {
  const pairs = header.split('; ').map((pair) => pair.split('='));
  return pairs.find(([key]) => key === name)?.[1];
}
