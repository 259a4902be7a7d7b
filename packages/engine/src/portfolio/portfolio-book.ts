import type { CashMode, InstrumentId } from '../ledger/index.ts';
import { openLotBook, type CostMethod, type LotBook, type LotRefusal, type RealizedGain } from '../lots/index.ts';
import { add, ZERO, type CurrencyCode, type Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';

/** How a portfolio counts. */
export interface PortfolioRules {
  readonly baseCurrency: CurrencyCode;
  readonly costMethod: CostMethod;
  /** `implied`: no cash is kept, every purchase is also an inflow and every sale or income an outflow. */
  readonly cashMode: CashMode;
  readonly shorting: boolean;
}

/** One figure that one transaction contributed, in base currency: what totals are made of and what explains them. */
export interface Contribution {
  readonly transactionId: string;
  readonly on: Day;
  readonly instrument: InstrumentId | null;
  readonly amount: Decimal;
}

/** Money of one currency, and what it came to in base currency on the days it arrived. */
export interface CashHeld {
  readonly currency: CurrencyCode;
  readonly balance: Decimal;
  readonly baseCost: Decimal;
}

/** An instrument that was ever held, with its lots. */
export interface Holding {
  readonly instrument: InstrumentId;
  readonly currency: CurrencyCode;
  readonly lots: LotBook;
  realizedGain: Decimal;
  baseRealizedGain: Decimal;
  baseIncome: Decimal;
  baseCosts: Decimal;
  /** What lots that were transferred out had cost. */
  baseTransferredOut: Decimal;
}

/**
 * Everything that follows from a portfolio's transactions and needs no price. It is filled in place by `recordTransaction`; throwing it
 * away and recording again gives the same.
 */
export interface PortfolioBook {
  readonly rules: PortfolioRules;
  readonly holdings: Map<InstrumentId, Holding>;
  readonly cash: Map<CurrencyCode, CashHeld>;
  readonly gains: RealizedGain[];
  /** Dividends and interest before tax. */
  readonly income: Contribution[];
  /** Fees and taxes that are not inside lots. */
  readonly costs: Contribution[];
  /** What the owner put in (positive) and took out (negative): money at the day's rate, transfers at lot cost. */
  readonly flows: Contribution[];
}

/** Why a transaction cannot be recorded: its lots do not allow it, or it cannot be expressed in the portfolio's currencies. */
export type RecordRefusal =
  | LotRefusal
  | { readonly code: 'currency_mismatch'; readonly instrument: InstrumentId; readonly expected: CurrencyCode; readonly given: CurrencyCode }
  | { readonly code: 'no_exchange_rate'; readonly from: CurrencyCode; readonly to: CurrencyCode }
  | { readonly code: 'same_instrument'; readonly instrument: InstrumentId };

export function openPortfolioBook(rules: PortfolioRules): PortfolioBook {
  return { rules, holdings: new Map(), cash: new Map(), gains: [], income: [], costs: [], flows: [] };
}

/** The holding of an instrument, opened empty in `currency` where there is none yet; a refusal when it is kept in another one. */
export function holdingFor(book: PortfolioBook, instrument: InstrumentId, currency: CurrencyCode): Holding | RecordRefusal {
  const found = book.holdings.get(instrument);
  if (found !== undefined && found.currency !== currency) {
    return { code: 'currency_mismatch', instrument, expected: found.currency, given: currency };
  }
  if (found !== undefined) return found;
  const { costMethod, shorting } = book.rules;
  const opened: Holding = {
    instrument,
    currency,
    lots: openLotBook(costMethod, { shorting }),
    realizedGain: ZERO,
    baseRealizedGain: ZERO,
    baseIncome: ZERO,
    baseCosts: ZERO,
    baseTransferredOut: ZERO,
  };
  book.holdings.set(instrument, opened);
  return opened;
}

/** Adds to the cash of a currency; nothing opens no cash. */
export function moveCash(
  book: PortfolioBook,
  currency: CurrencyCode,
  moved: { readonly amount: Decimal; readonly baseAmount: Decimal },
): void {
  if (moved.amount === ZERO && moved.baseAmount === ZERO) return;
  const held = book.cash.get(currency);
  book.cash.set(currency, {
    currency,
    balance: add(held?.balance ?? ZERO, moved.amount),
    baseCost: add(held?.baseCost ?? ZERO, moved.baseAmount),
  });
}
