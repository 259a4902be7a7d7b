/** Quotes: what the market says now, in memory, already serialised; and the rates between currencies. */
export { openQuotes } from './open-quotes.ts';
export type { Quotes, QuotesNeeds } from './open-quotes.ts';
export type { QuoteBoard } from './quote-board.ts';
export { putPrices } from './put-prices.ts';
export { bindQuoteRoutes } from './quote-routes.ts';
export type { Quote } from './quote.ts';
