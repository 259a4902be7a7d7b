/** What follows from the transactions of one epoch, worked out by the engine one after the other. */
import type { CostChange, Transaction } from '@holdfast/engine/ledger';
import { lotsOf } from '@holdfast/engine/lots';
import type { Lot } from '@holdfast/engine/lots';
import { sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { openPortfolioBook, recordTransaction } from '@holdfast/engine/portfolio';
import type { PortfolioRules, RecordRefusal } from '@holdfast/engine/portfolio';

export interface RebuiltHolding {
  readonly quantity: Decimal;
  readonly costBasis: Decimal;
  readonly baseCost: Decimal;
  readonly realizedGain: Decimal;
  readonly baseTransferredOut: Decimal;
  /** Empty under average cost, which keeps none apart. */
  readonly lots: readonly Lot[];
}

export const NEVER_HELD: RebuiltHolding = {
  ...{ quantity: ZERO, costBasis: ZERO, baseCost: ZERO, realizedGain: ZERO },
  ...{ baseTransferredOut: ZERO, lots: [] },
};

export interface EpochBook {
  /** What it did to the cost of lots, and what it gained. A refusal changes nothing. */
  record(transaction: Transaction): (CostChange & { readonly gain: Decimal }) | RecordRefusal;
  /** By instrument, as transactions name it; null for what was never held. */
  holding(instrument: string): RebuiltHolding | null;
  readonly instruments: Iterable<string>;
  readonly cash: ReadonlyMap<string, Decimal>;
}

export function openEpochBook(rules: PortfolioRules): EpochBook {
  const { costMethod } = rules;
  const book = openPortfolioBook(rules);
  return {
    record(transaction) {
      const done = recordTransaction(book, transaction);
      // What the book notes of each transaction would grow with the history, and is not stored anywhere.
      for (const notes of [book.gains, book.income, book.costs, book.flows]) notes.length = 0;
      if ('code' in done) return done;
      const { gains, ...change } = done;
      return { ...change, gain: sum(gains.map(({ gain }) => gain)) };
    },
    holding(instrument) {
      const holding = book.holdings.get(instrument);
      if (holding === undefined) return null;
      const { lots, realizedGain, baseTransferredOut } = holding;
      const kept = costMethod === 'average' ? [] : lotsOf(lots);
      return { quantity: lots.quantity, costBasis: lots.cost, baseCost: lots.baseCost, realizedGain, baseTransferredOut, lots: kept };
    },
    instruments: { [Symbol.iterator]: () => book.holdings.keys() },
    get cash() {
      return new Map([...book.cash].map(([currency, { balance }]) => [currency, balance]));
    },
  };
}
