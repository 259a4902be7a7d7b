/**
 * P4: lists of a hundred, read from memory: GET /api/v1/tickers?limit=100 in the shape of seed 002, and GET /api/v1/instruments?limit=100.
 *
 * Mix: the same request on 64 connections, one at a time on each; token checked, request logged, no compression asked for.
 * Yardstick: a bare Fastify that sends the same bytes.
 * Not included: compression, TLS, further pages, searches.
 */
import { compareGet, withServer } from './load/compare-get.ts';
import type { Bench } from './measure/settings.ts';
import { startServer } from './subject/server.ts';

export const getLists: Bench = (settings) =>
  withServer(startServer, async (server) => {
    const list = (name: string) => ({
      row: 'P4',
      title: `GET /${name}?limit=100`,
      path: `/api/v1/${name}?limit=100`,
      client: server.administrator,
      atLeast: 0.6,
    });
    return [await compareGet(server, list('tickers'), settings), await compareGet(server, list('instruments'), settings)];
  });
