/**
 * P8: how late the server's event loop is, the 99.9th percentile, while it is given long work of every kind at once: P7's performance from
 * the database with nothing kept, over and over; a PDF of 10,000 transactions; an XLSX of 100,000; and a storm of sign-ins, 8 at a time.
 *
 * Read from the server's own histogram at /metrics, which counts from one reading to the next; idle is the same without the work. The
 * generator, PostgreSQL and the server share the processors, so what the machine takes away counts too.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { withServer } from './load/compare-get.ts';
import { figureOf } from './measure/figure.ts';
import { absoluteOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { forgetDays } from './p7-performance.ts';
import { createClient, inParallel } from './subject/client.ts';
import type { Client } from './subject/client.ts';
import { openHistory } from './subject/histories.ts';
import { startServer } from './subject/server.ts';
import type { Server } from './subject/server.ts';

const ACCOUNTS = 8;
const SIGN_INS = 64;
const PASSWORD = 'kestrel-Harbour-7719';

export const stayResponsive: Bench = ({ rounds, seconds }) =>
  withServer(startServer, async (server) => {
    const client = server.administrator;
    const small = await openHistory(server, { symbols: 50, transactions: 1_000, years: 5 });
    const middle = await openHistory(server, { symbols: 50, transactions: 10_000, years: 5 });
    const large = await openHistory(server, { symbols: 80, transactions: 100_000, years: 5 });
    const accounts = Array.from({ length: ACCOUNTS }, (_, at) => ({ email: `storm-${at}@example.com`, password: PASSWORD }));
    await inParallel(accounts, 4, (account) => createClient(server.url).register(account));
    await read(client);
    await wait(seconds * 1_000);
    const idle = await read(client);
    const busy: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await read(client);
      await Promise.all([measure(server, small), report(client, middle, 'pdf'), report(client, large, 'xlsx'), storm(server, accounts)]);
      busy.push(await read(client));
    }
    const title = 'Event-loop delay under long work, p99.9';
    const notes = [`Idle: ${idle.toFixed(1)} ms.`];
    return [absoluteOutcome({ row: 'P8', title, unit: 'ms', goal: { atMost: 20 }, notes }, figureOf(busy))];
  });

/** Milliseconds since the reading before. */
async function read(client: Client): Promise<number> {
  const found = /event_loop_delay_seconds\{quantile="0.999"\} ([\d.e-]+)/.exec(await client.text('/metrics'));
  if (found === null) throw new Error('The server tells no delay of its event loop.');
  return Number(found[1]) * 1_000;
}

async function measure(server: Server, portfolioId: string): Promise<void> {
  for (let at = 0; at < 20; at += 1) {
    await forgetDays(server, portfolioId);
    await server.administrator.text(`/api/v1/portfolios/${portfolioId}/performance`);
  }
}

async function report(client: Client, portfolioId: string, format: 'pdf' | 'xlsx'): Promise<void> {
  const { reportId } = await client.post<{ reportId: string }>('/api/v1/reports', { portfolioId, report: 'transactions', format });
  for (;;) {
    const { status, detail } = await client.get<{ status: string; detail: string | null }>(`/api/v1/reports/${reportId}`);
    if (status === 'done') return;
    if (status === 'failed') throw new Error(`The ${format} failed: ${detail ?? ''}`);
    await wait(200);
  }
}

async function storm({ url }: Server, accounts: readonly { readonly email: string; readonly password: string }[]): Promise<void> {
  const door = createClient(url);
  const wanted = Array.from({ length: SIGN_INS }, (_, at) => accounts[at % accounts.length]).filter((account) => account !== undefined);
  await inParallel(wanted, ACCOUNTS, (account) => door.signIn(account));
}
