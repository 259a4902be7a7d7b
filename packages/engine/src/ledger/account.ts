/**
 * The accounts of a portfolio's ledger, each kept per currency.
 *
 * - `cash`: money at hand.
 * - `securities:<instrument>`: what an instrument's open lots cost; negative while it is sold short.
 * - `external`: the owner's side, against which money and holdings come in and go out.
 * - `income`: dividends and interest before tax. - `fees` and `taxes`: costs that are not inside lots.
 * - `realizedGain`: proceeds less the cost of what was sold. - `conversion`: the two sides of a currency exchange.
 */
export type LedgerAccount = 'cash' | 'external' | 'income' | 'fees' | 'taxes' | 'realizedGain' | 'conversion' | `securities:${string}`;

export type AccountKind = 'cash' | 'securities' | 'external' | 'income' | 'fees' | 'taxes' | 'realizedGain' | 'conversion';

const PREFIX = 'securities:';

export function securitiesAccount(instrument: string): LedgerAccount {
  return `${PREFIX}${instrument}`;
}

/** The instrument a securities account is kept for, or null for every other account. */
export function instrumentOfAccount(account: LedgerAccount): string | null {
  return account.startsWith(PREFIX) ? account.slice(PREFIX.length) : null;
}

export function accountKind(account: LedgerAccount): AccountKind {
  return isPlain(account) ? account : 'securities';
}

/** The side on which an account grows: what is owned and what was spent grow by debits, where it came from grows by credits. */
export function normalSide(kind: AccountKind): 'debit' | 'credit' {
  switch (kind) {
    case 'cash':
    case 'securities':
    case 'fees':
    case 'taxes':
    case 'conversion':
      return 'debit';
    case 'external':
    case 'income':
    case 'realizedGain':
      return 'credit';
  }
}

function isPlain(account: LedgerAccount): account is Exclude<AccountKind, 'securities'> {
  return !account.startsWith(PREFIX);
}
