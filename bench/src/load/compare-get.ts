/** Compares a GET of the server with a bare Fastify that sends the same bytes. */
import { alternate } from '../measure/alternate.ts';
import { cpuMeter } from '../measure/cpu.ts';
import { comparedOutcome } from '../measure/outcome.ts';
import type { Outcome } from '../measure/outcome.ts';
import type { Settings } from '../measure/settings.ts';
import type { Client } from '../subject/client.ts';
import type { Server } from '../subject/server.ts';
import { startYardstick } from '../yardstick/start-yardstick.ts';
import { steadyRun } from './wrk.ts';
import type { WrkReport } from './wrk.ts';

export const GET_CONNECTIONS = 64;

export interface ComparedGet {
  readonly row: string;
  readonly title: string;
  readonly path: string;
  readonly client: Client;
  readonly atLeast: number;
  readonly notes?: readonly string[];
}

export async function compareGet(server: Server, asked: ComparedGet, { rounds, seconds }: Settings): Promise<Outcome> {
  const { row, title, path, client } = asked;
  const text = await client.text(path);
  const yardstick = await startYardstick({ gets: [{ path: path.split('?', 1)[0] ?? path, text }], order: null });
  try {
    // The token is sent to both, so that both parse the same request.
    const headers = { Authorization: `Bearer ${client.token}` };
    const cpu = { server: cpuMeter(server.pid), yardstick: cpuMeter(yardstick.pid) };
    const amountOf = (report: WrkReport) => report.requests;
    const send = (url: string) => steadyRun({ url: url + path, connections: GET_CONNECTIONS, seconds, headers });
    const compared = await alternate(rounds, {
      subject: async () => (await cpu.server.during(() => send(server.url), amountOf)).perSecond,
      yardstick: async () => (await cpu.yardstick.during(() => send(yardstick.url), amountOf)).perSecond,
    });
    const notes = [
      ...(asked.notes ?? []),
      `Answers of ${Buffer.byteLength(text).toLocaleString('en-US')} bytes. Processor time per request: server ${cpu.server.perUnit()}, yardstick ${cpu.yardstick.perUnit()}.`,
    ];
    return comparedOutcome({ row, title, unit: 'requests/s', goal: { atLeast: asked.atLeast }, notes }, compared);
  } finally {
    await yardstick.close();
  }
}

/** Starts a server for the time of the work. */
export async function withServer<Result>(start: () => Promise<Server>, work: (server: Server) => Promise<Result>): Promise<Result> {
  const server = await start();
  try {
    return await work(server);
  } finally {
    await server.close();
  }
}
