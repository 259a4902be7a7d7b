import { add, negate, subtract, ZERO, type CurrencyCode, type Decimal } from '../money/index.ts';
import { accountKind, normalSide, type LedgerAccount } from './account.ts';
import type { Transfer } from './transfer.ts';

/** Debits less credits of each account of each currency. Filled only by `post`. */
export type Balances = Map<CurrencyCode, Map<LedgerAccount, Decimal>>;

/** Adds transfers to balances, in place: a fold over a long history copies nothing. */
export function post(balances: Balances, transfers: readonly Transfer[]): void {
  for (const { currency, debitAccount, creditAccount, amount } of transfers) {
    const accounts = balances.get(currency) ?? new Map<LedgerAccount, Decimal>();
    balances.set(currency, accounts);
    accounts.set(debitAccount, add(accounts.get(debitAccount) ?? ZERO, amount));
    accounts.set(creditAccount, subtract(accounts.get(creditAccount) ?? ZERO, amount));
  }
}

export function balancesOf(transfers: readonly Transfer[]): Balances {
  const balances: Balances = new Map();
  post(balances, transfers);
  return balances;
}

/** The balance as people read it: positive on the side on which the account grows, so a deposit of 100 shows `external` 100. */
export function naturalBalance(balances: Balances, currency: CurrencyCode, account: LedgerAccount): Decimal {
  const balance = balances.get(currency)?.get(account) ?? ZERO;
  return normalSide(accountKind(account)) === 'debit' ? balance : negate(balance);
}

/** The sum over all accounts of a currency. It is zero, or the ledger was not written by transfers. */
export function trialBalance(balances: Balances, currency: CurrencyCode): Decimal {
  let total = ZERO;
  for (const balance of balances.get(currency)?.values() ?? []) total = add(total, balance);
  return total;
}
