/**
 * Who may talk to the browser host: a page that came with the token of the address that was printed, from this very
 * host. The token is traded for a cookie that scripts cannot read; the Host header is checked against DNS rebinding,
 * the Origin header against other sites.
 */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Verdict = 'allowed' | 'wrong host' | 'wrong origin' | 'no token';

const cookieName = 'lrlab';

export class Access {
  readonly #token: string;
  readonly #host: string;

  /** host: as in the address, with the port */
  constructor(token: string, host: string) {
    this.#token = token;
    this.#host = host;
  }

  judge({ host, origin, cookie }: IncomingHttpHeaders): Verdict {
    if (host !== this.#host) return 'wrong host';
    if (origin !== undefined && origin !== `http://${this.#host}`) return 'wrong origin';
    const given = new RegExp(`(?:^|; )${cookieName}=([\\w-]+)`).exec(cookie ?? '')?.[1];
    return this.accepts(given) ? 'allowed' : 'no token';
  }

  /** In the same time for any wrong token. */
  accepts(given: string | null | undefined): boolean {
    const [a, b] = [Buffer.from(given ?? ''), Buffer.from(this.#token)];
    return a.length === b.length && timingSafeEqual(a, b);
  }

  get cookie(): string {
    return `${cookieName}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
  }
}
