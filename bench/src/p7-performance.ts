/**
 * P7: GET /api/v1/portfolios/{id}/performance of 50 symbols, 1,000 transactions, 5 years, day by day, over HTTP and from the database with
 * nothing kept: its snapshots are removed before each request, so that every day is valued anew from the facts. And what opening a
 * portfolio of 100,000 transactions waits for: its summary and its positions, each time after another transaction was recorded.
 *
 * And the same figures in the engine alone, see `p7-engine.ts`.
 *
 * One request at a time. Closes of the simulated market stay in the server's memory once they were computed, since they never change.
 * Not included: recording the transaction, TLS, other requests.
 */
import { withServer } from './load/compare-get.ts';
import { figureOf } from './measure/figure.ts';
import { absoluteOutcome } from './measure/outcome.ts';
import type { Bench } from './measure/settings.ts';
import { measureEngine } from './p7-engine.ts';
import { openHistory } from './subject/histories.ts';
import { startServer } from './subject/server.ts';
import type { Server } from './subject/server.ts';

export const measurePerformance: Bench = ({ rounds }) =>
  withServer(startServer, async (server) => {
    const client = server.administrator;
    const small = await openHistory(server, { symbols: 50, transactions: 1_000, years: 5 });
    const fresh: number[] = [];
    for (let round = 0; round <= rounds * 4; round += 1) {
      await forgetDays(server, small);
      const took = await millisecondsOf(() => client.text(`/api/v1/portfolios/${small}/performance`));
      if (round > 0) fresh.push(took);
    }
    const large = await openHistory(server, { symbols: 80, transactions: 100_000, years: 5 });
    const opened: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const fact = {
        type: 'buy',
        symbol: 'AAPL',
        quantity: '1',
        price: `${100 + round}`,
        tradedAt: new Date(Date.now() - 60_000).toISOString(),
      };
      await client.post(`/api/v1/portfolios/${large}/transactions`, fact);
      const took = await millisecondsOf(() =>
        Promise.all([client.text(`/api/v1/portfolios/${large}/summary`), client.text(`/api/v1/portfolios/${large}/positions`)]),
      );
      if (round > 0) opened.push(took / 1_000);
    }
    const title = 'Performance over HTTP, 50 symbols, 1,000 transactions, 5 years, nothing kept';
    return [
      ...measureEngine(rounds),
      absoluteOutcome({ row: 'P7', title, unit: 'ms', goal: { atMost: 40 } }, figureOf(fresh)),
      absoluteOutcome(
        { row: 'P7', title: 'Opening a portfolio of 100,000 transactions', unit: 's', goal: { atMost: 1 } },
        figureOf(opened),
      ),
    ];
  });

/** As if none of its days had ever been valued. */
export async function forgetDays({ database }: Pick<Server, 'database'>, portfolioId: string): Promise<void> {
  await database.query('delete from snapshot_months where portfolio_id = $1', [portfolioId]);
  await database.query('update snapshot_states set through = null, changes = changes + 1 where portfolio_id = $1', [portfolioId]);
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
