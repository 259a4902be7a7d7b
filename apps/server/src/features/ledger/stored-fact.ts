/** A transaction as its columns, made one of the engine's. Everything that rebuilds something from stored facts goes through here. */
import type { LotChoice, Transaction } from '@holdfast/engine/ledger';
import { add, decimal, ONE, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Day } from '@holdfast/engine/time';

/** Exact values as text; null is a column without a value. */
export interface StoredFact {
  readonly id: string;
  readonly type: string;
  /** The day in the portfolio's time zone. */
  readonly tradedOn: Day;
  readonly instrument: string | null;
  readonly quantity: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly fee: string;
  readonly tax: string;
  readonly counterAmount: string | null;
  readonly counterCurrency: string | null;
  readonly newShares: string | null;
  readonly oldShares: string | null;
  readonly newInstrument: string | null;
  readonly costShare: string | null;
  readonly baseCost: string | null;
  readonly acquiredOn: Day | null;
  /** Base currency units per unit of `currency`: the transaction's own, else the day's; null where there is none. */
  readonly baseRate: string | null;
  readonly lots: readonly { readonly lotId: string; readonly quantity: string }[] | null;
}

type Fact = Pick<Transaction, 'id' | 'tradedOn' | 'currency'> & { readonly baseRate?: Decimal };

/** Throws for a type that is none, since the database holds no other. */
export function transactionOf(stored: StoredFact): Transaction {
  const { id, tradedOn, currency, baseRate, type } = stored;
  const fact: Fact = baseRate === null ? { id, tradedOn, currency } : { id, tradedOn, currency, baseRate: decimal(baseRate) };
  switch (type) {
    case 'buy':
    case 'sell':
    case 'dividend':
    case 'returnOfCapital':
      return instrumentFact(fact, type, stored);
    case 'deposit':
    case 'withdrawal':
    case 'interest':
    case 'fee':
    case 'tax':
    case 'exchange':
      return moneyFact(fact, type, stored);
    case 'split':
    case 'transferIn':
    case 'transferOut':
    case 'spinOff':
    case 'merger':
      return heldFact(fact, type, stored);
    default:
      throw new Error(`A stored transaction has the unknown type ${type}.`);
  }
}

/** What is paid for or by an instrument. */
function instrumentFact(fact: Fact, type: 'buy' | 'sell' | 'dividend' | 'returnOfCapital', stored: StoredFact): Transaction {
  const paid = { instrument: stored.instrument ?? '', amount: decimal(stored.amount), fee: decimal(stored.fee), tax: decimal(stored.tax) };
  if (type === 'dividend' || type === 'returnOfCapital') return { ...fact, type, ...paid };
  const quantity = exact(stored.quantity);
  return stored.lots === null ? { ...fact, type, ...paid, quantity } : { ...fact, type, ...paid, quantity, ...named(stored) };
}

/** What moves money alone. */
function moneyFact(
  fact: Fact,
  type: 'deposit' | 'withdrawal' | 'interest' | 'fee' | 'tax' | 'exchange',
  { instrument, counterCurrency, counterAmount, ...stored }: StoredFact,
): Transaction {
  const [amount, fee, tax] = [decimal(stored.amount), decimal(stored.fee), decimal(stored.tax)];
  switch (type) {
    case 'deposit':
    case 'withdrawal':
      return { ...fact, type, amount, fee: add(fee, tax) };
    case 'interest':
      return { ...fact, type, amount, fee, tax };
    case 'fee':
    case 'tax':
      return { ...fact, type, amount, ...(instrument === null ? {} : { instrument }) };
    case 'exchange':
      return { ...fact, type, amount, fee: add(fee, tax), counterCurrency: counterCurrency ?? '', counterAmount: exact(counterAmount) };
  }
}

function heldFact(fact: Fact, type: 'split' | 'transferIn' | 'transferOut' | 'spinOff' | 'merger', stored: StoredFact): Transaction {
  const { newInstrument, baseCost, acquiredOn } = stored;
  const [amount, quantity, instrument] = [decimal(stored.amount), exact(stored.quantity), stored.instrument ?? ''];
  switch (type) {
    case 'split':
      return {
        ...fact,
        type,
        instrument,
        newShares: exact(stored.newShares, ONE),
        oldShares: exact(stored.oldShares, ONE),
        cashInLieu: amount,
      };
    case 'transferIn': {
      const own = { ...(baseCost === null ? {} : { baseCost: decimal(baseCost) }), ...(acquiredOn === null ? {} : { acquiredOn }) };
      return { ...fact, type, instrument, quantity, cost: amount, ...own };
    }
    case 'transferOut':
      return { ...fact, type, instrument, quantity, ...named(stored) };
    case 'spinOff':
      return { ...fact, type, instrument, newInstrument: newInstrument ?? '', quantity, costShare: exact(stored.costShare) };
    case 'merger':
      return { ...fact, type, instrument, newInstrument, quantity, amount };
  }
}

function named({ lots }: StoredFact): { readonly lots?: readonly LotChoice[] } {
  return lots === null ? {} : { lots: lots.map(({ lotId, quantity }) => ({ lotId, quantity: decimal(quantity) })) };
}

function exact(text: string | null, otherwise: Decimal = ZERO): Decimal {
  return text === null ? otherwise : decimal(text);
}
