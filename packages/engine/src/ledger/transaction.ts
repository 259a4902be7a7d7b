import type { CurrencyCode, Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';

/** The instrument's identity as the caller keeps it; the engine only compares it. */
export type InstrumentId = string;

/** A dated fact of a portfolio. Amounts are postings (rounded to the currency) and never negative; the type says where they go. */
export type Transaction =
  Trade | CashMove | Dividend | Interest | Charge | Split | TransferIn | TransferOut | Exchange | ReturnOfCapital | SpinOff | Merger;

export type TransactionType = Transaction['type'];

interface Fact {
  readonly id: string;
  readonly tradedOn: Day;
  readonly currency: CurrencyCode;
  /** Units of the portfolio's base currency per unit of `currency` at this transaction; 1 when left out. */
  readonly baseRate?: Decimal;
}

/** Part of a sale that its owner assigned to one lot. */
export interface LotChoice {
  readonly lotId: string;
  readonly quantity: Decimal;
}

/** A purchase costs `amount + fee + tax`, all of it inside the lot; a sale brings `amount - fee - tax`. */
export interface Trade extends Fact {
  readonly type: 'buy' | 'sell';
  readonly instrument: InstrumentId;
  readonly quantity: Decimal;
  /** Quantity times price, as posted. */
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
  /** Named lots, under the cost method `specific`. */
  readonly lots?: readonly LotChoice[];
}

/** Money the owner brings or takes; the fee is paid on top. */
export interface CashMove extends Fact {
  readonly type: 'deposit' | 'withdrawal';
  readonly amount: Decimal;
  readonly fee: Decimal;
}

/** `amount` is gross; what arrives is `amount - fee - tax`. */
export interface Dividend extends Fact {
  readonly type: 'dividend';
  readonly instrument: InstrumentId;
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
}

/** As a dividend, but of money and not of an instrument. */
export interface Interest extends Fact {
  readonly type: 'interest';
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
}

/** A fee or tax that belongs to no trade. */
export interface Charge extends Fact {
  readonly type: 'fee' | 'tax';
  readonly amount: Decimal;
  readonly instrument?: InstrumentId;
}

/** `newShares` for `oldShares`: 4 for 1, 1 for 10, 11 for 10 (a stock dividend of 10 %). */
export interface Split extends Fact {
  readonly type: 'split';
  readonly instrument: InstrumentId;
  readonly newShares: Decimal;
  readonly oldShares: Decimal;
  /** Paid for the fraction of a share that the split left over; zero when fractions are kept. */
  readonly cashInLieu: Decimal;
}

/** Holdings that arrive from elsewhere with the cost they had there, in `currency`, and the day they were acquired. */
export interface TransferIn extends Fact {
  readonly type: 'transferIn';
  readonly instrument: InstrumentId;
  readonly quantity: Decimal;
  readonly cost: Decimal;
  /** The cost in base currency they had there; `cost` at `baseRate` when left out. */
  readonly baseCost?: Decimal;
  /** The day of the transfer when left out. */
  readonly acquiredOn?: Day;
}

/** Holdings that leave with their lots; no sale. */
export interface TransferOut extends Fact {
  readonly type: 'transferOut';
  readonly instrument: InstrumentId;
  readonly quantity: Decimal;
  readonly lots?: readonly LotChoice[];
}

/** `amount` of `currency` is given for `counterAmount` of `counterCurrency`; the fee is paid in `currency` on top. */
export interface Exchange extends Fact {
  readonly type: 'exchange';
  readonly amount: Decimal;
  readonly counterCurrency: CurrencyCode;
  readonly counterAmount: Decimal;
  readonly fee: Decimal;
}

/** Money an instrument pays back out of its own capital: it lowers the cost, and is gain beyond it. */
export interface ReturnOfCapital extends Fact {
  readonly type: 'returnOfCapital';
  readonly instrument: InstrumentId;
  readonly amount: Decimal;
  readonly fee: Decimal;
  readonly tax: Decimal;
}

/** `quantity` of a new instrument is given for the one held, and takes `costShare` (0 to 1) of its cost along. */
export interface SpinOff extends Fact {
  readonly type: 'spinOff';
  readonly instrument: InstrumentId;
  readonly newInstrument: InstrumentId;
  readonly quantity: Decimal;
  readonly costShare: Decimal;
}

/** The whole position becomes `quantity` of a new instrument, money, or both. Without a new instrument it is a sale for the money. */
export interface Merger extends Fact {
  readonly type: 'merger';
  readonly instrument: InstrumentId;
  readonly newInstrument: InstrumentId | null;
  readonly quantity: Decimal;
  /** Money received, lowering the cost that passes over and gain beyond it. */
  readonly amount: Decimal;
}
