import type { InstrumentId, Transaction } from '../ledger/index.ts';
import { averagePrice, lotsOf, type Lot } from '../lots/index.ts';
import type { CurrencyCode, Decimal } from '../money/index.ts';
import { openPortfolioBook, type Holding, type PortfolioBook, type PortfolioRules, type RecordRefusal } from './portfolio-book.ts';
import { recordTransaction } from './record-transaction.ts';

/** What is held of one instrument, without a price. Figures in the instrument's currency, those called `base…` in the portfolio's. */
export interface Position {
  readonly instrument: InstrumentId;
  readonly currency: CurrencyCode;
  /** Negative while short, zero when everything was sold. */
  readonly quantity: Decimal;
  /** `costBasis / quantity`, null when nothing is held. */
  readonly averagePrice: Decimal | null;
  readonly costBasis: Decimal;
  readonly baseCostBasis: Decimal;
  readonly realizedGain: Decimal;
  readonly baseRealizedGain: Decimal;
  /** Dividends before tax. */
  readonly baseIncome: Decimal;
  /** Fees and taxes outside lots, such as tax withheld from dividends. */
  readonly baseCosts: Decimal;
  /** What lots that were transferred out had cost. */
  readonly baseTransferredOut: Decimal;
  readonly lots: readonly Lot[];
}

/** A transaction that could not be recorded, and why. The others were. */
export interface RefusedTransaction {
  readonly transaction: Transaction;
  readonly refusal: RecordRefusal;
}

/** Records a whole history, oldest first. What is refused is left out and named, since an import may hold rows that cannot be true. */
export function recordHistory(
  rules: PortfolioRules,
  transactions: readonly Transaction[],
): { readonly book: PortfolioBook; readonly refused: readonly RefusedTransaction[] } {
  const book = openPortfolioBook(rules);
  const refused: RefusedTransaction[] = [];
  for (const transaction of transactions) {
    const answer = recordTransaction(book, transaction);
    if ('code' in answer) refused.push({ transaction, refusal: answer });
  }
  return { book, refused };
}

/** Every instrument that was ever held, in the order of its first transaction. Closed positions have quantity zero. */
export function positionsOf(book: PortfolioBook): readonly Position[] {
  return [...book.holdings.values()].map(positionOf);
}

function positionOf({ lots, ...holding }: Holding): Position {
  return {
    ...holding,
    quantity: lots.quantity,
    averagePrice: averagePrice(lots),
    costBasis: lots.cost,
    baseCostBasis: lots.baseCost,
    lots: lotsOf(lots),
  };
}
