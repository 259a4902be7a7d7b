import type { CurrencyCode, Decimal } from '../money/index.ts';
import type { LedgerAccount } from './account.ts';

/** One row of the ledger: `amount` of one currency moves, debiting one account and crediting another. Balanced by construction. */
export interface Transfer {
  readonly transactionId: string;
  readonly currency: CurrencyCode;
  readonly debitAccount: LedgerAccount;
  readonly creditAccount: LedgerAccount;
  /** More than zero. */
  readonly amount: Decimal;
}

/** What a transaction does to one account: a positive amount debits it, a negative one credits it. */
export interface Entry {
  readonly account: LedgerAccount;
  readonly amount: Decimal;
}

/** Entries that do not sum to zero, or a transfer that moves nothing. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError';
}

/**
 * Entries of one currency as transfers: each debit is met by the credits in the order given, so a sale at a loss becomes
 * "cash from securities" and "realized gain from securities". Zero entries vanish. Throws `LedgerError` unless the sum is zero.
 */
export function pairEntries(transactionId: string, currency: CurrencyCode, entries: readonly Entry[]): readonly Transfer[] {
  const debits = entries.filter(({ amount }) => amount > 0n).map(open);
  const credits = entries.filter(({ amount }) => amount < 0n).map(open);
  const transfers: Transfer[] = [];
  let next = 0;
  for (const debit of debits) {
    while (debit.left > 0n) {
      const credit = credits[next];
      if (credit === undefined) throw unbalanced(transactionId, currency);
      const amount = (debit.left < credit.left ? debit.left : credit.left) as Decimal;
      if (debit.account !== credit.account) {
        transfers.push({ transactionId, currency, debitAccount: debit.account, creditAccount: credit.account, amount });
      }
      debit.left -= amount;
      credit.left -= amount;
      if (credit.left === 0n) next += 1;
    }
  }
  if (next < credits.length) throw unbalanced(transactionId, currency);
  return transfers;
}

function open({ account, amount }: Entry): { readonly account: LedgerAccount; left: bigint } {
  return { account, left: amount < 0n ? 0n - amount : amount };
}

function unbalanced(transactionId: string, currency: CurrencyCode): LedgerError {
  return new LedgerError(`The ${currency} entries of transaction ${transactionId} do not balance.`);
}
