import { describe, expect, it } from 'vitest';
import { accessTo } from '../../../src/server/access.ts';

const address = '127.0.0.1:4321';
const access = accessTo(address, 'secret');
const own = { host: address, cookie: access.cookie.split(';')[0] };

describe('access to the browser host', () => {
  it('lets its own page pass, with and without Origin', () => {
    expect(access.refusal(own)).toBeNull();
    expect(access.refusal({ ...own, origin: `http://${address}` })).toBeNull();
    expect(access.refusal({ ...own, cookie: `other=1; ${own.cookie}; more=2` })).toBeNull();
  });

  it.each([
    ['another name for this computer', { host: 'evil.example:4321' }, 421],
    ['no host', { host: undefined }, 421],
    ['another port', { host: '127.0.0.1:4322' }, 421],
    ['another site', { origin: 'https://evil.example' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['no cookie', { cookie: undefined }, 401],
    ['a wrong token', { cookie: 'lrlab-4321=wrong!' }, 401],
    ['the start of the token', { cookie: 'lrlab-4321=secre' }, 401],
    ['the cookie of a host on another port', { cookie: 'lrlab-4322=secret' }, 401],
  ])('refuses %s', (_, change, status) => {
    expect(access.refusal({ ...own, ...change })).toBe(status);
  });

  it('keeps the cookie from scripts and from other sites', () => {
    expect(access.cookie).toBe('lrlab-4321=secret; HttpOnly; SameSite=Strict; Path=/');
  });

  it('makes a long token of its own when none is given, each time another', () => {
    const [a, b] = [accessTo(address).token, accessTo(address).token];
    expect(a).toMatch(/^[\w-]{32}$/);
    expect(a).not.toBe(b);
  });
});
