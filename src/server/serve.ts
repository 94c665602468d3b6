/** The page, its calls and events over HTTP on this computer only. Who may speak is decided in `access.ts`. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { RpcHost } from '../app/rpcHost.ts';
import { LabError } from '../core/errors.ts';
import { pageHeaders, readRendererFile } from '../platform/files/rendererFiles.ts';
import { accessTo } from './access.ts';
import { receiveUpload } from './upload.ts';

export type ServeOptions = {
  host: RpcHost;
  /** the built page */
  rendererFolder: string;
  /** where uploads wait until they are imported */
  incomingFolder: string;
  largestUpload: number;
  /** 0 or absent: any free one */
  port?: number | undefined;
  /** absent: random */
  token?: string | undefined;
};

export type Served = {
  /** what to open: holds the token */
  url: string;
  origin: string;
  close(): Promise<void>;
};

/** Calls carry settings and ids; data goes by file. */
const largestCall = 4 * 1024 ** 2;

export async function serve(options: ServeOptions): Promise<Served> {
  const server = createServer();
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen(options.port ?? 0, '127.0.0.1', listening);
  });
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const origin = `http://${address}`;
  const access = accessTo(address, options.token);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
    if (!access.isHost(request.headers)) return refuse(response, 421, 'This address is not served here.');
    const url = new URL(request.url ?? '/', origin);
    if (request.method === 'GET' && url.searchParams.has('token')) {
      if (!access.isToken(url.searchParams.get('token'))) return refuse(response, 403, 'Wrong token.');
      response.writeHead(302, { Location: '/', 'Set-Cookie': access.cookie }).end();
      return;
    }
    const refusal = access.refusal(request.headers);
    if (refusal !== null) return refuse(response, refusal, 'Open the address that the program printed.');
    const route = `${request.method} /${url.pathname.split('/')[1]}`;
    if (route === 'POST /rpc') return call(decodeURIComponent(url.pathname.slice('/rpc/'.length)), request, response);
    if (route === 'PUT /upload') return upload(url.searchParams, request, response);
    if (request.method !== 'GET') return refuse(response, 405, 'No such action.');
    const file = await readRendererFile(options.rendererFolder, url.pathname);
    if (file === null) return refuse(response, 404, 'No such file.');
    response.writeHead(200, { 'Content-Type': file.contentType }).end(file.body);
  }

  async function call(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const input = await text(request, largestCall);
    if (input === null) return refuse(response, 413, 'The message is too long.');
    sendJson(response, await options.host.dispatch(name, input));
  }

  async function upload(query: URLSearchParams, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const tooLarge = Number(request.headers['content-length'] ?? 0) > options.largestUpload;
    if (tooLarge) return refuse(response, 413, `At most ${options.largestUpload} bytes can be imported.`);
    try {
      const { incomingFolder, largestUpload } = options;
      const name = query.get('name') ?? '';
      sendJson(response, await receiveUpload(request, name, incomingFolder, largestUpload, query.get('joins')));
    } catch (error) {
      if (response.destroyed || request.errored) return; // the browser went away
      refuse(response, error instanceof LabError ? 413 : 500, (error as Error).message);
    }
  }

  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) refuse(response, 500, error instanceof Error ? error.message : String(error));
    });
  });

  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  server.on('upgrade', (request, socket, head) => {
    const refusal = access.refusal(request.headers) ?? (request.url === '/events' ? null : 404);
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal} Refused\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const end = options.host.subscribe((name, payload) => webSocket.send(JSON.stringify([name, payload])));
      webSocket.on('close', end).on('error', () => webSocket.terminate());
    });
  });

  return {
    url: `${origin}/?token=${access.token}`,
    origin,
    async close() {
      for (const socket of sockets.clients) socket.close(1001);
      const closed = new Promise((done) => server.close(done));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 500).unref();
      await closed;
      for (const socket of sockets.clients) socket.terminate();
    },
  };
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' }).end(why);
}

function sendJson(response: ServerResponse, value: unknown): void {
  response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}

/** The body as text; null when it is longer than `largest` bytes. */
async function text(request: IncomingMessage, largest: number): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > largest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
