/**
 * P14: resident memory of the server's process, idle and with 10,000 idle WebSockets on /api/v1/stream.
 *
 * Idle: started, signed in once, a minute later, when V8 has given back what starting took. Sockets: connected without a token and silent; each hears the heartbeat every 15 s.
 * One figure a second, nothing is collected by force.
 * Not included: PostgreSQL, whose shared buffers belong to all its processes and to no one; subscriptions.
 */
import { execFileSync } from 'node:child_process';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { withServer } from './load/compare-get.ts';
import { figureOf } from './measure/figure.ts';
import { absoluteOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { inParallel } from './subject/client.ts';
import { startServer } from './subject/server.ts';
import type { Server } from './subject/server.ts';

const SOCKETS = 10_000;
const IDLE_AFTER_MS = 60_000;
const SETTLE_MS = 5_000;

export const memory: Bench = ({ rounds }) =>
  withServer(startServer, async (server) => {
    await wait(IDLE_AFTER_MS);
    const idle = await sample(server, rounds);
    const sockets = await inParallel(Array.from({ length: SOCKETS }), 100, () => openSocket(server.url));
    await wait(SETTLE_MS);
    const busy = await sample(server, rounds);
    const open = sockets.filter((socket) => !socket.destroyed).length;
    for (const socket of sockets) socket.destroy();
    if (open < SOCKETS) throw new Error(`Of ${SOCKETS} sockets ${open} are still open.`);
    const outcome = (title: string, runs: readonly number[], atMost: number) =>
      absoluteOutcome({ row: 'P14', title, unit: 'MB', goal: { atMost } }, figureOf(runs));
    return [outcome('Memory of the server, idle', idle, 150), outcome('Memory of the server, 10,000 idle sockets', busy, 400)];
  });

/** Megabytes (of a million bytes), one figure a second. */
async function sample({ pid }: Server, count: number): Promise<readonly number[]> {
  const figures: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const kibibytes = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
    figures.push((kibibytes * 1_024) / 1e6);
    await wait(1_000);
  }
  return figures;
}

/** A WebSocket as plain bytes: a library's own memory and work would be this machine's too. */
function openSocket(url: string): Promise<Socket> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', reject);
    socket.once('data', (answer) => {
      if (!answer.toString('latin1').startsWith('HTTP/1.1 101'))
        return reject(new Error(`The stream answered ${answer.toString('latin1', 0, 80)}`));
      socket.resume();
      resolve(socket);
    });
    socket.write(
      `GET /api/v1/stream HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Key: aG9sZGZhc3QtYmVuY2gtMQ==\r\n\r\n',
    );
  });
}
