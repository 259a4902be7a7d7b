/**
 * Matching: what becomes of an order when it meets the market.
 *
 * The *fill model* says how much of an order a quote fills and at what price; the *fee schedule* what that costs; *settling* turns a
 * fill into postings (dated facts with their ledger transfers) and the account after it. `place`, `replace`, `fillResting`, `close` and
 * `moveCash` are the only ways in which a paper portfolio's money moves; they decide, they do not store.
 * The same functions serve live, practice and replayed markets.
 *
 * Worked example: with 1,000.00 USD, buying 4 at an ask of 200.00 with a fee of 1.00 leaves 199.00 and 4 shares that cost 801.00;
 * buying 5 would need 1,001.00 and is refused: insufficient_cash { needed: 1001, available: 1000 }.
 */
export { moveCash, type CashMovement } from './cash-movement.ts';
export { feeOf } from './fee-schedule.ts';
export { close, fillResting, type Outcome } from './fill.ts';
export { matchAgainst, type MarketQuote, type Match } from './fill-model.ts';
export { place, type Placed, type PlacementContext, type PlacementDecision } from './place.ts';
export { replace, type OrderChange } from './replace.ts';
export { type Moment, type Posting, type TradedInstrument } from './settle.ts';
export { TriggerBook, waitOf, type RestingOrder, type Touch } from './trigger-book.ts';
