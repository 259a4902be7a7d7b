/**
 * P6: GET /api/v1/portfolios/{id}/summary of a portfolio with 50 positions, priced at the quotes of the moment.
 *
 * Mix: the same request on 64 connections, one at a time on each; token checked, request logged. Each answer is made from the state that
 * the database says is the newest. The simulated market ticks meanwhile, so the figures change every second.
 * Yardstick: a bare Fastify that sends the same bytes.
 * Not included: compression, TLS, orders in between, many portfolios at once.
 */
import { compareGet, withServer } from './load/compare-get.ts';
import type { Bench } from './measure/settings.ts';
import { startServer } from './subject/server.ts';
import { listSymbols, openPaperPortfolio } from './subject/traders.ts';

const POSITIONS = 50;

export const getSummary: Bench = (settings) =>
  withServer(startServer, async (server) => {
    const client = server.administrator;
    const symbols = (await listSymbols(client)).slice(0, POSITIONS);
    if (symbols.length < POSITIONS) throw new Error(`There are ${symbols.length} shares to hold, and ${POSITIONS} are wanted.`);
    const id = await openPaperPortfolio(client, symbols);
    const title = `Summary of a portfolio, ${POSITIONS} positions priced live`;
    return [await compareGet(server, { row: 'P6', title, path: `/api/v1/portfolios/${id}/summary`, client, atLeast: 0.5 }, settings)];
  });
