/** What a portfolio was given, earned and paid so far, from its ledger, in its base currency at the rate of each day. */
import { add, multiply, negate, ONE, subtract, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { LRUCache } from 'lru-cache';
import type { Db } from '../../platform/db/pool.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import type { PortfolioState } from '../desk/index.ts';
import { sumLedger, sumTransferredOut } from './position-store.ts';

/** Unrounded: whoever shows a figure rounds it, once. */
export interface PortfolioTotals {
  /** Money and holdings put in, less taken out. */
  readonly investedCapital: Decimal;
  /** Money and holdings put in; what was taken out again is not taken off. */
  readonly putIn: Decimal;
  readonly realizedGain: Decimal;
  readonly income: Decimal;
  /** Fees and taxes that are not inside lots. */
  readonly costs: Decimal;
}

/** Ledger sums change only with the portfolio's version, so each version is summed once. */
export function createPortfolioTotals(db: Db, rates: ExchangeRates): (state: PortfolioState) => Promise<PortfolioTotals> {
  const kept = new LRUCache<string, { readonly version: number; readonly totals: PortfolioTotals }>({ max: 20_000 });
  return async (state) => {
    const known = kept.get(state.id);
    if (known?.version === state.version) return known.totals;
    const totals = await totalsOf(db, rates, state);
    kept.set(state.id, { version: state.version, totals });
    return totals;
  };
}

async function totalsOf(db: Db, rates: ExchangeRates, state: PortfolioState): Promise<PortfolioTotals> {
  const base = state.account.baseCurrency;
  let putIn = ZERO;
  const sums = { external: ZERO, realizedGain: ZERO, income: ZERO, fees: ZERO, taxes: ZERO, securities: ZERO };
  const of = { portfolioId: state.id, epoch: state.epoch, baseCurrency: base };
  for (const row of await sumLedger(db, of)) {
    const rate = row.currency === base ? ONE : (row.ownRate ?? rates.rate(row.currency, base, row.at) ?? ZERO);
    sums[row.account] = add(sums[row.account], multiply(row.amount, rate));
    if (row.account === 'external') putIn = add(putIn, multiply(row.putIn, rate));
  }
  // What left in another currency counts at what its lots had cost.
  const transferredOut = await sumTransferredOut(db, of);
  sums.external = add(sums.external, transferredOut);
  sums.securities = subtract(sums.securities, transferredOut);
  // The ledger counts a sale's cost at the rate of the sale. In the base currency it was what was paid, at the rate of the purchase: what
  // purchases and sales left in the securities accounts, less what the open lots really cost.
  const costAtOwnRates = subtract(sums.securities, sum([...state.account.holdings.values()].map(({ baseCost }) => baseCost)));
  // Accounts that grow by credits are kept as debits less credits: their sign turns here.
  return {
    investedCapital: negate(sums.external),
    putIn: putIn,
    realizedGain: negate(add(sums.realizedGain, costAtOwnRates)),
    income: negate(sums.income),
    costs: add(sums.fees, sums.taxes),
  };
}
