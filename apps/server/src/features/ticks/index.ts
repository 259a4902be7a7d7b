/** Ticks: single reports of the market as they were imported, and what is known of each instrument's stored days. */
export { forgetTicksJobs, TICKS_FORGOTTEN } from './forget-ticks.ts';
export { pageTicks } from './page-ticks.ts';
export type { TickPage, TicksAsked } from './page-ticks.ts';
export { LEFT_OUT_OF_BARS, NO_LATEST_PRICE, TICK_FLAGS } from './tick-flags.ts';
export { openTickDays } from './tick-days.ts';
export type { StoredDays, TickDays } from './tick-days.ts';
export type { StoredTick } from './tick-store.ts';
export { findWallClock, wallClock } from './wall-clock.ts';
export type { WallClock } from './wall-clock.ts';
export { marketDay, tradingClock } from './trading-clock.ts';
export type { MarketDay, TradingClock } from './trading-clock.ts';
