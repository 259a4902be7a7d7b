/**
 * P1: POST /api/v1/portfolios/{id}/orders, each answered after its commit is on the disk.
 *
 * Mix: market orders, seven buys to three sells of one to five shares, over 1,000 paper portfolios of ten users and four symbols each, a
 * clientOrderId of its own on each. 64 connections, each with one order under way. Tokens checked, requests logged, order events written.
 * Yardstick: a bare Fastify that validates the same body and answers an order of the same bytes from memory.
 * Not included: signing in, opening portfolios, TLS, limit orders, a remote database. Generator, server and PostgreSQL share the machine.
 * Checked: every order that was answered is a row, and no more rows than were under way when a run broke off; the books add up.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steadyRun } from './load/wrk.ts';
import type { WrkReport } from './load/wrk.ts';
import { alternate } from './measure/alternate.ts';
import { cpuMeter } from './measure/cpu.ts';
import { figureOf } from './measure/figure.ts';
import { comparedOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { checkBooks } from './subject/check-books.ts';
import { startServer } from './subject/server.ts';
import type { Server } from './subject/server.ts';
import { openTraders, writeTargets } from './subject/traders.ts';
import type { Target } from './subject/traders.ts';
import { startYardstick } from './yardstick/start-yardstick.ts';

const CONNECTIONS = 64;

export const placeOrder: Bench = async ({ rounds, seconds }) => {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-targets-'));
  const server = await startServer();
  try {
    const targets = await openTraders(server, { users: 10, portfolios: 1_000 });
    const targetsFile = join(folder, 'targets');
    writeTargets(targetsFile, targets);
    const yardstick = await startYardstick({ gets: [], order: await anAnswer(server, targets[0]) });
    const send = (url: string, run: string) =>
      steadyRun({ url, connections: CONNECTIONS, seconds, script: { name: 'place-orders.lua', words: [targetsFile, run] } });
    const reports: WrkReport[] = [];
    const cpu = {
      node: cpuMeter(server.pid),
      postgres: cpuMeter(server.databasePid, { family: true }),
      yardstick: cpuMeter(yardstick.pid),
    };
    const amountOf = (report: WrkReport) => report.requests;
    const compared = await alternate(rounds, {
      subject: async (round) => {
        const before = await countOrders(server);
        const report = await cpu.node.during(() => cpu.postgres.during(() => send(server.url, `round${round}-`), amountOf), amountOf);
        checkRows(report, (await countOrders(server)) - before);
        if (round > 0) reports.push(report);
        return report.perSecond;
      },
      yardstick: async (round) => (await cpu.yardstick.during(() => send(yardstick.url, `round${round}-`), amountOf)).perSecond,
    });
    await yardstick.close();
    await checkBooks(server.database);
    const rows = await countOrders(server);
    return [
      comparedOutcome(
        {
          row: 'P1',
          title: 'POST /portfolios/{id}/orders, durable, 64 connections',
          unit: 'orders/s',
          goal: { atLeast: 0.3 },
          notes: [
            `The aim after the goal is 0.40. Latency: median ${latency(reports, 'p50')} ms, p99 ${latency(reports, 'p99')} ms.`,
            `Processor time per order: server ${cpu.node.perUnit()}, PostgreSQL ${cpu.postgres.perUnit()}, yardstick ${cpu.yardstick.perUnit()}.`,
            `${rows} orders are in the table, each answered order among them, and the books add up.`,
          ],
        },
        compared,
      ),
    ];
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

async function anAnswer(server: Server, target: Target | undefined): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/portfolios/${target?.portfolioId ?? ''}/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${target?.token ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ symbol: target?.symbols[0], side: 'buy', type: 'market', quantity: '3', clientOrderId: 'round0-000000000' }),
  });
  return answer.text();
}

async function countOrders({ database }: Server): Promise<number> {
  const { rows } = await database.query<{ count: number }>('select count(*)::int as count from orders');
  return rows[0]?.count ?? 0;
}

/** The generator hangs up on what is under way when its time is over: those orders may be stored or not, all others are. */
function checkRows({ requests }: WrkReport, rows: number): void {
  if (rows < requests || rows > requests + CONNECTIONS)
    throw new Error(
      `${requests} orders were answered with 2xx, but ${rows} rows are new: at most ${CONNECTIONS} may not have been answered.`,
    );
}

function latency(reports: readonly WrkReport[], of: 'p50' | 'p99'): string {
  return figureOf(reports.map((report) => report[of])).median.toFixed(1);
}
