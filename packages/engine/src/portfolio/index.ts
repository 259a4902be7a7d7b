/**
 * A portfolio: what its transactions add up to, and what that is worth.
 *
 * A *position* is what is held of one instrument: quantity, cost basis, average price, and what it has gained, earned and cost so far.
 * A portfolio on *margin* owes cash; its *standing* says which lines it has passed.
 * A *valuation* puts prices and exchange rates to positions and cash. The *net gain* is realized gain, unrealized gain, income and what
 * rates did to money at rest, less costs outside lots; it always equals value less what the owner put in net. The unrealized gain of a
 * foreign position is split into a *price effect* and a *currency effect*. An *allocation* is a whole in parts. A *trail* is how a figure
 * came about, down to the transactions.
 *
 * Worked example, in EUR: deposit 1,000 EUR; give 900 EUR for 1,000 USD; buy 10 shares for 500 USD at 0.90 EUR. Today a share is 60 USD
 * and a dollar 0.95 EUR. The shares are worth 600 USD = 570 EUR and cost 450 EUR: an unrealized gain of 120 EUR, of which
 * (600 - 500) * 0.90 = 90 is price and 600 * (0.95 - 0.90) = 30 is currency. The 500 USD at rest came to 450 EUR and are worth 475:
 * a currency gain of 25. In all 100 EUR + 475 + 570 = 1,145 EUR, a net gain of 145 EUR on 1,000 put in.
 */
export { allocate, type Allocation } from './allocation.ts';
export { explain, type ExplainedFigure } from './explain.ts';
export { splitGain, type GainSplit, type SplitValue } from './gain-split.ts';
export { forecastIncome, type ExpectedIncome } from './income-forecast.ts';
export { lastTradePrices } from './last-trade-prices.ts';
export { marginStanding, type MarginFigures, type MarginStanding } from './margin.ts';
export {
  openPortfolioBook,
  type CashHeld,
  type Contribution,
  type Holding,
  type PortfolioBook,
  type PortfolioRules,
  type RecordRefusal,
} from './portfolio-book.ts';
export { positionsOf, recordHistory, type Position, type RefusedTransaction } from './position.ts';
export { rebalance, type ProposedTrade, type RebalanceHolding, type RebalanceRules, type Rebalancing } from './rebalance.ts';
export { recordTransaction, type Recorded } from './record-transaction.ts';
export { derived, given, recompute, type DerivedFigure, type GivenFigure, type Trail, type TrailSource } from './trail.ts';
export { valuePortfolio, type CashValue, type Market, type PositionValue, type Valuation } from './valuation.ts';
