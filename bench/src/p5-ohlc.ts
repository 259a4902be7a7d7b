/**
 * P5: GET /api/v1/ohlc, the twenty daily bars of a ticker with 400,000 imported ticks.
 *
 * Mix: the same request on 64 connections, one at a time on each; token checked, request logged. The bars were rolled up by the import.
 * Yardstick: a bare Fastify that sends the same bytes.
 * Not included: the import, the first read after it, compression, TLS.
 */
import { compareGet, withServer } from './load/compare-get.ts';
import type { Bench } from './measure/settings.ts';
import { importTicks } from './subject/import-ticks.ts';
import { startServer } from './subject/server.ts';
import { daysFrom, zippedTicks } from './subject/tick-file.ts';

const DAYS = 20;
const TICKS_PER_DAY = 20_000;

export const getOhlc: Bench = (settings) =>
  withServer(startServer, async (server) => {
    const client = server.administrator;
    await importTicks(client, zippedTicks({ tickers: 1, days: daysFrom(0, DAYS), ticksPerDay: TICKS_PER_DAY }), DAYS * TICKS_PER_DAY);
    const path = '/api/v1/ohlc?ticker=BENCH0';
    const bars = await client.get<unknown[]>(path);
    if (bars.length !== DAYS) throw new Error(`There are ${bars.length} bars of ${DAYS} days.`);
    return [
      await compareGet(server, { row: 'P5', title: 'GET /ohlc, 20 days out of 400,000 ticks', path, client, atLeast: 0.6 }, settings),
    ];
  });
