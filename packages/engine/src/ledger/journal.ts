import { negate, subtract, sum, ZERO, type Decimal } from '../money/index.ts';
import { securitiesAccount } from './account.ts';
import { cashEffect } from './cash-effect.ts';
import type { Transaction } from './transaction.ts';
import { pairEntries, type Entry, type Transfer } from './transfer.ts';

/** `full` keeps a cash account; `implied` lets every payment come from and go to the owner, for portfolios without cash rows. */
export type CashMode = 'full' | 'implied';

/** How much the open lots' cost changed through a transaction: what the lot book answered, in the transaction's currency. */
export interface CostChange {
  readonly cost: Decimal;
  /** The same for the new instrument of a spin-off or merger. */
  readonly newCost?: Decimal;
}

export const NO_COST_CHANGE: CostChange = { cost: ZERO };

/**
 * The transfers a transaction gives. The realized gain is not handed in: it is what cash and costs leave open, so the ledger
 * cannot disagree with the lots. Sale fees are inside the gain and purchase fees inside the cost; other fees have their own account.
 */
export function journal(transaction: Transaction, change: CostChange, cashMode: CashMode = 'full'): readonly Transfer[] {
  const cash = cashMode === 'full' ? 'cash' : 'external';
  const moved: Entry = { account: cash, amount: cashEffect(transaction) };
  switch (transaction.type) {
    case 'deposit':
      return pair(transaction, [moved, owner(negate(transaction.amount)), fees(transaction.fee)]);
    case 'withdrawal':
      return pair(transaction, [moved, owner(transaction.amount), fees(transaction.fee)]);
    case 'dividend':
    case 'interest':
      return pair(transaction, [
        moved,
        fees(transaction.fee),
        taxes(transaction.tax),
        { account: 'income', amount: negate(transaction.amount) },
      ]);
    case 'fee':
      return pair(transaction, [moved, fees(transaction.amount)]);
    case 'tax':
      return pair(transaction, [moved, taxes(transaction.amount)]);
    case 'transferIn':
    case 'transferOut':
      return pair(transaction, [securities(transaction.instrument, change.cost), owner(negate(change.cost))]);
    case 'exchange': {
      const received = pairEntries(transaction.id, transaction.counterCurrency, [
        { account: cash, amount: transaction.counterAmount },
        { account: 'conversion', amount: negate(transaction.counterAmount) },
      ]);
      return [...pair(transaction, [{ account: 'conversion', amount: transaction.amount }, fees(transaction.fee), moved]), ...received];
    }
    case 'buy':
    case 'sell':
    case 'split':
      return pair(transaction, withGain([moved, securities(transaction.instrument, change.cost)]));
    case 'returnOfCapital': {
      const costs = [fees(transaction.fee), taxes(transaction.tax)];
      return pair(transaction, withGain([moved, ...costs, securities(transaction.instrument, change.cost)]));
    }
    case 'spinOff':
    case 'merger': {
      const old = securities(transaction.instrument, change.cost);
      const received = transaction.newInstrument === null ? [] : [securities(transaction.newInstrument, change.newCost ?? ZERO)];
      return pair(transaction, withGain([moved, ...received, old]));
    }
  }
}

/** The realized gain a posted transaction left in the ledger: positive is a gain. */
export function realizedGainOf(transfers: readonly Transfer[]): Decimal {
  const credited = transfers.filter(({ creditAccount }) => creditAccount === 'realizedGain').map(({ amount }) => amount);
  const debited = transfers.filter(({ debitAccount }) => debitAccount === 'realizedGain').map(({ amount }) => amount);
  return subtract(sum(credited), sum(debited));
}

function withGain(entries: readonly Entry[]): readonly Entry[] {
  return [...entries, { account: 'realizedGain', amount: negate(sum(entries.map(({ amount }) => amount))) }];
}

function pair(transaction: Transaction, entries: readonly Entry[]): readonly Transfer[] {
  return pairEntries(transaction.id, transaction.currency, entries);
}

function owner(amount: Decimal): Entry {
  return { account: 'external', amount };
}

function fees(amount: Decimal): Entry {
  return { account: 'fees', amount };
}

function taxes(amount: Decimal): Entry {
  return { account: 'taxes', amount };
}

function securities(instrument: string, amount: Decimal): Entry {
  return { account: securitiesAccount(instrument), amount };
}
