/** TLS in front of a PostgreSQL or a Redis, with a certificate authority of the test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext, TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

export interface Authority {
  /** Of the authority's certificate, in PEM. */
  readonly file: string;
  readonly certificate: string;
  readonly key: string;
}

/** A certificate authority that nobody else knows. Its file goes when the test ends. */
export async function newAuthority(): Promise<Authority> {
  const made = await generate([{ name: 'commonName', value: 'Test authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
    ],
  });
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-ca-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, made.cert);
  return { file, certificate: made.cert, key: made.private };
}

/**
 * Serves what is behind `url` over TLS, as `localhost`. PostgreSQL's clients ask for TLS first (its protocol, "SSL session encryption");
 * who does not ask is sent away. Answers the address without any word on TLS.
 */
export async function tlsLine(url: string, authority: Authority): Promise<string> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.key, cert: authority.certificate },
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
  const secureContext = createSecureContext({ cert, key });
  const there = placeOf(url);
  const isPostgres = !url.startsWith('redis');
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    return socket.on('error', () => undefined);
  };
  const encrypt = (near: Socket): void => {
    const secret = keep(new TLSSocket(near, { isServer: true, secureContext }));
    secret.pipe(keep(connect(there))).pipe(secret);
  };
  const server = createServer((near) => {
    keep(near);
    if (!isPostgres) return encrypt(near);
    near.once('readable', () => {
      const request: unknown = near.read(8);
      if (!(request instanceof Buffer) || request.readInt32BE(4) !== SSL_REQUEST) return near.destroy();
      near.write('S');
      return encrypt(near);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  const port = String(typeof address === 'object' && address !== null ? address.port : 0);
  const line = new URL(url);
  if (!line.searchParams.has('host')) line.host = `localhost:${port}`;
  else {
    line.searchParams.set('host', 'localhost');
    line.searchParams.set('port', port);
  }
  return line.href;
}

/** The number by which PostgreSQL's clients ask for TLS. */
const SSL_REQUEST = 80_877_103;

function placeOf(url: string) {
  const { hostname, port, searchParams } = new URL(url);
  const folder = searchParams.get('host');
  if (folder?.startsWith('/') === true) return { path: `${folder}/.s.PGSQL.${searchParams.get('port') ?? '5432'}` };
  return { host: hostname, port: Number(port || (url.startsWith('redis') ? 6379 : 5432)) };
}
