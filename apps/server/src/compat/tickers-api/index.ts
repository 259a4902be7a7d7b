/** The door of seed 002: a stock portfolio API in snake_case, with JSON numbers. It calls the same use cases as every other door. */
export { bindTickerMarket } from './market-routes.ts';
export type { TickerMarketNeeds } from './market-routes.ts';
export type { TickerSockets } from './ticker-socket.ts';
