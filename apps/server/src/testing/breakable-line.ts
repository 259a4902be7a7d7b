import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type BreakableLine = {
  /** The address given, by way of the line. */
  readonly url: string;
  /** Breaks every connection; new ones are taken and dropped, as by a balancer with nothing behind it. */
  readonly cut: () => void;
  readonly mend: () => void;
};

const defaultPorts: Readonly<Record<string, number>> = { 'redis:': 6379, 'postgres:': 5432, 'postgresql:': 5432 };

/** A wire to a server that the test can cut and mend. It goes when the test ends. */
export async function breakableLine(url: string): Promise<BreakableLine> {
  const { hostname, port, protocol, searchParams } = new URL(url);
  const portNumber = Number(port || (searchParams.get('port') ?? defaultPorts[protocol]));
  // The embedded database listens on a socket in a folder and on no network address.
  const folder = searchParams.get('host');
  const there = folder?.startsWith('/') === true ? { path: `${folder}/.s.PGSQL.${portNumber}` } : null;
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) return void near.destroy();
    const far = there === null ? connect(portNumber, hostname.replace(/^\[|\]$/g, '')) : connect(there);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  const lineUrl = throughPort(url, typeof address === 'object' && address !== null ? address.port : 0);
  return {
    url: lineUrl,
    cut,
    mend: () => {
      whole = true;
    },
  };
}

function throughPort(url: string, port: number): string {
  const line = new URL(url);
  if (line.searchParams.has('host')) {
    line.searchParams.set('host', '127.0.0.1');
    line.searchParams.set('port', String(port));
  } else line.host = `127.0.0.1:${port}`;
  return line.href;
}
