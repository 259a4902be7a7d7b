/**
 * P3: GET /api/v1/quotes/{symbol}, the newest price of one share, signed in; and the same price at the door of seed 004, whose answers
 * are kept for five minutes unless a new price drops them, as the simulated market's does every second.
 *
 * Mix: the same request on 64 connections, one at a time on each. The token is checked and each request logged to a file.
 * Yardstick: a bare Fastify that sends the same bytes and does neither.
 * Not included: the first check of a token, compression, TLS. The simulated market ticks meanwhile, once a second.
 */
import { compareGet, withServer } from './load/compare-get.ts';
import type { Outcome } from './measure/outcome.ts';
import type { Bench, Settings } from './measure/settings.ts';
import { startServer } from './subject/server.ts';
import type { Server } from './subject/server.ts';

export const getQuote: Bench = (settings) =>
  withServer(startServer, async (server) => [
    await compareGet(
      server,
      {
        row: 'P3',
        title: 'GET /quotes/{symbol}, token checked, request logged',
        path: '/api/v1/quotes/AAPL',
        client: server.administrator,
        atLeast: 0.6,
        notes: ['The aim after the goal is 0.75.'],
      },
      settings,
    ),
    await latestPrice(server, settings),
  ]);

async function latestPrice(server: Server, settings: Settings): Promise<Outcome> {
  const path = '/api/v1/pricing/prices/latest/?symbol=MSFT';
  const title = 'GET /pricing/prices/latest, the same from the cache';
  const outcome = await compareGet(server, { row: 'P3', title, path, client: server.administrator, atLeast: 0.6 }, settings);
  const figures = await server.administrator.text('/metrics');
  const count = (of: string): number =>
    Number(new RegExp(`cache_requests\\{cache="latest-prices",outcome="${of}"\\} (\\d+)`).exec(figures)?.[1]);
  const [hits, misses] = [count('hits'), count('misses')];
  const rate = `The cache answered ${((100 * hits) / (hits + misses)).toFixed(2)} % of ${(hits + misses).toLocaleString('en-US')} questions.`;
  return { ...outcome, notes: [...outcome.notes, rate] };
}
