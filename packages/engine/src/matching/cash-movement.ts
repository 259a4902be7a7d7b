/** Deposits and withdrawals of a paper portfolio, in its base currency. */
import { journal, type Transaction } from '../ledger/index.ts';
import { compare, negate, ZERO } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import { freeCash, type Account, type Refusal } from '../orders/index.ts';
import { withCash, type Moment, type Posting } from './settle.ts';

export interface CashMovement {
  readonly type: 'deposit' | 'withdrawal';
  readonly currency: string;
  readonly amount: Decimal;
}

export function moveCash(
  account: Account,
  movement: CashMovement,
  moment: Moment,
): { readonly account: Account; readonly posting: Posting } | Refusal {
  const { type, currency, amount } = movement;
  if (type === 'withdrawal') {
    const available = currency === account.baseCurrency ? freeCash(account) : (account.foreignCash.get(currency) ?? ZERO);
    if (compare(amount, available) > 0) return { code: 'insufficient_cash', needed: amount, available, currency };
  }
  const effect = type === 'deposit' ? amount : negate(amount);
  const transaction: Transaction = { type, id: moment.newId(), tradedOn: moment.day, currency, amount, fee: ZERO };
  const posting: Posting = {
    transaction,
    price: null,
    cashEffect: effect,
    realizedGain: null,
    transfers: journal(transaction, { cost: ZERO }),
  };
  return { account: withCash(account, currency, effect), posting };
}
