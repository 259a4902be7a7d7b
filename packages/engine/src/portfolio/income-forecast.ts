import type { CashDividend } from '../instruments/index.ts';
import type { InstrumentId, Transaction } from '../ledger/index.ts';
import { divide, multiply, prorate, ZERO, type CurrencyCode, type Decimal } from '../money/index.ts';
import type { Day } from '../time/index.ts';
import { openPortfolioBook, type PortfolioRules } from './portfolio-book.ts';
import { recordTransaction } from './record-transaction.ts';

/** A payment that is still to come. */
export interface ExpectedIncome {
  /** `declared`: announced by the company. `projected`: what was paid a year before, on what is held now. */
  readonly kind: 'declared' | 'projected';
  readonly instrument: InstrumentId;
  readonly exOn: Day | null;
  /** The day it is expected on: the pay day, or the ex-date where none is announced. */
  readonly on: Day;
  readonly quantity: Decimal;
  readonly amountPerShare: Decimal;
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
  /** The payment that a projection repeats. */
  readonly basedOn: string | null;
}

export interface ForecastAsked {
  readonly today: Day;
  /** The last day that is looked at, at most a year ahead. */
  readonly until: Day;
  readonly declared: ReadonlyMap<InstrumentId, readonly CashDividend[]>;
}

const YEAR = 365;
/** A projection this near to a declared payment is that payment. */
const SAME_PAYMENT_DAYS = 45;

interface Paid {
  readonly transactionId: string;
  readonly instrument: InstrumentId;
  readonly on: Day;
  readonly currency: CurrencyCode;
  /** Per share as shares are now, after splits since. */
  perShare: Decimal;
}

/**
 * What the holdings of a portfolio will pay, oldest first. Declared: dividends whose pay day (or ex-date) lies ahead, on what is held, or
 * was held before the ex-date where that has passed. Projected: each dividend received in the last 365 days again a year after its day, per
 * share, on what is held now; only of instruments that paid at least twice in the last two years, and not where a declared payment stands
 * for it. Nothing that is not held any more is expected, and no growth is assumed. Before tax.
 */
export function forecastIncome(
  rules: PortfolioRules,
  transactions: readonly Transaction[],
  { today, until, declared }: ForecastAsked,
): readonly ExpectedIncome[] {
  const exDays = new Map([...declared].map(([instrument, actions]) => [instrument, actions.map(({ exOn }) => exOn)]));
  const { paid, held, heldBefore } = replay(rules, transactions, exDays);
  const known = [...declared].flatMap(([instrument, actions]) =>
    actions.flatMap((action) =>
      declaredOf({ action, instrument, today, until, held: held(instrument), before: heldBefore(instrument, action.exOn) }),
    ),
  );
  const projected = paid.flatMap((payment) => {
    const on = payment.on + YEAR;
    const quantity = held(payment.instrument);
    const isRegular = paid.filter(({ instrument, on: day }) => instrument === payment.instrument && day > today - 2 * YEAR).length > 1;
    const standsFor = known.some((one) => one.instrument === payment.instrument && Math.abs(one.on - on) <= SAME_PAYMENT_DAYS);
    if (payment.on <= today - YEAR || on > until || quantity <= 0n || !isRegular || standsFor) return [];
    const { instrument, currency, perShare, transactionId } = payment;
    const amount = multiply(quantity, perShare);
    return [
      {
        kind: 'projected',
        instrument,
        exOn: null,
        on,
        quantity,
        amountPerShare: perShare,
        amount,
        currency,
        basedOn: transactionId,
      } as const,
    ];
  });
  return [...known, ...projected].sort((one, other) => one.on - other.on);
}

interface Announced {
  readonly action: CashDividend;
  readonly instrument: InstrumentId;
  readonly today: Day;
  readonly until: Day;
  readonly held: Decimal;
  readonly before: Decimal;
}

function declaredOf({ action, instrument, today, until, held, before }: Announced): readonly ExpectedIncome[] {
  const on = action.payOn ?? action.exOn;
  const quantity = action.exOn > today ? held : before;
  if (on <= today || on > until || quantity <= 0n) return [];
  const { amountPerShare, currency, exOn } = action;
  const amount = multiply(quantity, amountPerShare);
  return [{ kind: 'declared', instrument, exOn, on, quantity, amountPerShare, amount, currency, basedOn: null }];
}

function replay(rules: PortfolioRules, transactions: readonly Transaction[], exDays: ReadonlyMap<InstrumentId, readonly Day[]>) {
  const book = openPortfolioBook(rules);
  const held = (instrument: InstrumentId): Decimal => book.holdings.get(instrument)?.lots.quantity ?? ZERO;
  const paid: Paid[] = [];
  const before = new Map<string, Decimal>();
  for (const transaction of transactions) {
    if (transaction.type === 'dividend') {
      const quantity = held(transaction.instrument);
      const { id, instrument, tradedOn: on, currency, amount } = transaction;
      if (quantity > 0n) paid.push({ transactionId: id, instrument, on, currency, perShare: divide(amount, quantity) });
    }
    if (transaction.type === 'split') {
      const share = { part: transaction.oldShares, whole: transaction.newShares };
      for (const payment of paid) if (payment.instrument === transaction.instrument) payment.perShare = prorate(payment.perShare, share);
    }
    recordTransaction(book, transaction);
    if (!('instrument' in transaction) || transaction.instrument === undefined) continue;
    const { instrument, tradedOn } = transaction;
    for (const exOn of exDays.get(instrument) ?? []) if (tradedOn < exOn) before.set(`${instrument} ${exOn}`, held(instrument));
  }
  return { paid, held, heldBefore: (instrument: InstrumentId, exOn: Day) => before.get(`${instrument} ${exOn}`) ?? ZERO };
}
