import { add, negate, subtract, sum, ZERO, type Decimal } from '../money/index.ts';
import type { Transaction } from './transaction.ts';

/** What a transaction does to the cash of its own `currency`: positive adds. An exchange also adds `counterAmount` of the other. */
export function cashEffect(transaction: Transaction): Decimal {
  switch (transaction.type) {
    case 'buy':
      return negate(sum([transaction.amount, transaction.fee, transaction.tax]));
    case 'sell':
    case 'dividend':
    case 'interest':
    case 'returnOfCapital':
      return subtract(subtract(transaction.amount, transaction.fee), transaction.tax);
    case 'deposit':
      return subtract(transaction.amount, transaction.fee);
    case 'withdrawal':
    case 'exchange':
      return negate(add(transaction.amount, transaction.fee));
    case 'fee':
    case 'tax':
      return negate(transaction.amount);
    case 'split':
      return transaction.cashInLieu;
    case 'merger':
      return transaction.amount;
    case 'transferIn':
    case 'transferOut':
    case 'spinOff':
      return ZERO;
  }
}
