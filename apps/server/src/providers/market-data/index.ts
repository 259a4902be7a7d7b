/** Market data from outside: one interface for every source of prices, and the simulated market as the one that is always there. */
export type { ComputedMarket, DayRate, ListingProfile, MarketDataProvider, ProvidedQuote } from './market-data.ts';
export { REPLAY, replayMarketData } from './replay/replay-market-data.ts';
export type { Replay } from './replay/replay-market-data.ts';
export type { Tape, TapeReport } from './replay/tape.ts';
export { createFailOver } from './resilience/fail-over.ts';
export type { FailOver } from './resilience/fail-over.ts';
export { guardProvider } from './resilience/provider-guard.ts';
export type { Pace, Skip } from './resilience/provider-guard.ts';
export { freeFrom } from './resilience/quota-ledger.ts';
export type { QuotaLedger } from './resilience/quota-ledger.ts';
export { SIMULATED, simulatedMarketData } from './simulated-market-data.ts';
export { alphaVantage } from './vendors/alpha-vantage.ts';
export { finnhub } from './vendors/finnhub.ts';
export { twelveData } from './vendors/twelve-data.ts';
export { yahooFinance } from './vendors/yahoo-finance.ts';
