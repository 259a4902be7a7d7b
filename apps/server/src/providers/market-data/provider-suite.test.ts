import { decimal } from '@holdfast/engine/money';
import { createSimulatedMarket } from '@holdfast/engine/bars';
import { fixedClock } from '../../testing/fixed-clock.ts';
import { startVendorServer } from '../../testing/vendor-server.ts';
import type { VendorServer } from '../../testing/vendor-server.ts';
import { marketDataProviderSuite } from './provider-suite.ts';
import { replayMarketData } from './replay/replay-market-data.ts';
import type { Tape } from './replay/tape.ts';
import { simulatedMarketData } from './simulated-market-data.ts';
import { alphaVantage } from './vendors/alpha-vantage.ts';
import { finnhub } from './vendors/finnhub.ts';
import { alphaVantageAnswers, finnhubAnswers, twelveDataAnswers, yahooAnswers } from '../../testing/vendor-answers.ts';
import { twelveData } from './vendors/twelve-data.ts';
import { yahooFinance } from './vendors/yahoo-finance.ts';

const now = Date.parse('2026-01-07T15:30:30.000Z');
const clock = fixedClock(now);
const span = { fromMs: Date.parse('2026-01-02T00:00:00Z'), toMs: Date.parse('2026-01-07T00:00:00Z') };
const minutes = { fromMs: Date.parse('2026-01-06T15:00:00Z'), toMs: Date.parse('2026-01-06T16:00:00Z') };
const unknown = { symbol: 'NOSUCH', exchange: null };

marketDataProviderSuite('the simulated market', async () => ({
  provider: simulatedMarketData({ seed: 'suite', hours: 'always', clock }),
  known: { symbol: 'AAPL', exchange: null },
  unknown,
  span,
  minutes,
  now,
  words: 'apple',
}));

const profile = {
  symbol: 'RELIANCE',
  exchange: 'NSE',
  name: 'Reliance Industries',
  assetClass: 'stock',
  currency: 'INR',
  sector: null,
  country: 'IN',
  tickSize: null,
  source: 'import',
} as const;

/** Recorded: the simulated market's own days and minutes, and one report a second. */
const tape: Tape = {
  listings: [profile],
  span: { fromMs: span.fromMs, toMs: span.toMs },
  read: async ({ untilMs }) => {
    const none = {
      bid: null,
      bidSize: null,
      ask: null,
      askSize: null,
      open: null,
      high: null,
      low: null,
      previousClose: null,
      volume: null,
    };
    return [{ symbol: 'RELIANCE', exchange: 'NSE', at: Math.min(untilMs, span.toMs), last: decimal('1221.25'), ...none }];
  },
  bars: async (_symbol, { interval, fromMs, toMs }) => {
    const market = createSimulatedMarket({ seed: 'tape', hours: 'always' });
    if (interval === '1m') return market.bars('AAPL', interval, { fromMs, toMs }) ?? [];
    return (market.dailyBars('AAPL', 20_000, 21_000) ?? [])
      .filter(({ startAt }) => startAt >= fromMs && startAt < toMs)
      .map(({ on: _, ...bar }) => bar);
  },
};

marketDataProviderSuite('a replay', async () => {
  let beat = (): void => undefined;
  const played = fixedClock(now - 60_000);
  const provider = replayMarketData({
    tape,
    clock: played,
    fromMs: span.toMs - 1_000,
    speed: 1_000,
    every: (next) => {
      beat = next;
      return () => undefined;
    },
  });
  played.set(now);
  return { provider, known: { symbol: 'RELIANCE', exchange: 'NSE' }, unknown, span, minutes, now, words: 'reliance', speak: () => beat() };
});

const settings = { clock, apiKey: 'key-of-the-suite', timeoutMs: 10_000, quotas: [] };
const vendor = async (server: VendorServer) => ({
  known: { symbol: 'IBM', exchange: null },
  unknown,
  span,
  minutes,
  now,
  words: 'ibm',
  close: () => server.close(),
});

marketDataProviderSuite('Alpha Vantage', async () => {
  const server = await startVendorServer(alphaVantageAnswers);
  return { ...(await vendor(server)), provider: alphaVantage({ ...settings, baseUrl: server.url }) };
});

marketDataProviderSuite('Finnhub', async () => {
  const server = await startVendorServer(finnhubAnswers);
  const provider = finnhub({ ...settings, baseUrl: server.url, socketUrl: server.socketUrl });
  const speak = async () => {
    await server.untilHeard(1);
    // As documented: https://finnhub.io/docs/api/websocket-trades
    for (const socket of server.sockets)
      socket.send(`{"data":[{"p":296.21,"s":"IBM","t":${now - 1_000},"v":0.011467},{"p":1,"s":"OTHER","t":1,"v":1}],"type":"trade"}`);
  };
  return { ...(await vendor(server)), provider, speak };
});

marketDataProviderSuite('Twelve Data', async () => {
  const server = await startVendorServer(twelveDataAnswers);
  return { ...(await vendor(server)), provider: twelveData({ ...settings, baseUrl: server.url }) };
});

marketDataProviderSuite('Yahoo Finance', async () => {
  const server = await startVendorServer(yahooAnswers);
  return { ...(await vendor(server)), provider: yahooFinance({ ...settings, baseUrl: server.url }) };
});
