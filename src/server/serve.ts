/** The application over HTTP and a WebSocket, on this computer only. */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { RpcHost } from '../app/rpcHost.ts';
import { readPageFile } from '../platform/web/pageFiles.ts';
import { securityHeaders } from '../platform/web/securityHeaders.ts';
import { Access } from './access.ts';
import type { Verdict } from './access.ts';
import { receiveUpload } from './upload.ts';

export type ServeOptions = {
  rpcHost: RpcHost;
  rendererFolder: string;
  incomingFolder: string;
  /** 0 = any that is free */
  port: number;
};

export type Served = { url: string; close(): Promise<void> };

const statusOf: Record<Exclude<Verdict, 'allowed'>, number> = {
  'wrong host': 421,
  'wrong origin': 403,
  'no token': 401,
};
const largestCall = 64 * 1024 * 1024;

export async function serve({ rpcHost, rendererFolder, incomingFolder, port }: ServeOptions): Promise<Served> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(error instanceof Error ? error.message : 'failed');
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = new Access(token, host);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const url = new URL(request.url ?? '/', `http://${host}`);
    const given = url.searchParams.get('token');
    if (request.method === 'GET' && request.headers.host === host && access.accepts(given)) {
      return void response.writeHead(302, { Location: '/', 'Set-Cookie': access.cookie }).end();
    }
    const verdict = access.judge(request.headers);
    if (verdict !== 'allowed') {
      return void response
        .writeHead(statusOf[verdict])
        .end('Open the address that the program printed; it holds the token.\n');
    }
    if (request.method === 'POST' && url.pathname.startsWith('/rpc/')) {
      const reply = await rpcHost.dispatch(decodeURIComponent(url.pathname.slice(5)), await textOf(request));
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(reply));
    }
    if (request.method === 'PUT' && url.pathname === '/upload') {
      const upload = await receiveUpload(request, url.searchParams.get('name') ?? '', incomingFolder);
      return void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(upload));
    }
    const file = request.method === 'GET' ? await readPageFile(rendererFolder, url.pathname) : null;
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': file.type }).end(file.content);
  }

  const sockets = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    if (request.url !== '/events' || access.judge(request.headers) !== 'allowed') {
      return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on(
        'close',
        rpcHost.subscribe((name, payload) => client.send(JSON.stringify([name, payload]))),
      );
    });
  });

  return {
    url: `http://${host}/?token=${token}`,
    async close() {
      for (const client of sockets.clients) client.terminate();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestCall) throw new Error('The call is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
