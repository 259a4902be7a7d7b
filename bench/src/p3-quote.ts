/**
 * P3: GET /api/v1/quotes/{symbol}, the newest price of one share, signed in.
 *
 * Mix: the same request on 64 connections, one at a time on each. The token is checked and each request logged to a file.
 * Yardstick: a bare Fastify that sends the same bytes and does neither.
 * Not included: the first check of a token, compression, TLS. The simulated market ticks meanwhile, once a second.
 */
import { compareGet, withServer } from './load/compare-get.ts';
import type { Bench } from './measure/settings.ts';
import { startServer } from './subject/server.ts';

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
  ]);
