/** From a transaction as sent to the fact to be recorded. */
import {
  absolute,
  add,
  decimal,
  findCurrency,
  formatDecimal,
  isNegative,
  isPositive,
  isZero,
  multiplyMoney,
  subtract,
  ZERO,
} from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { exactInput } from '../../platform/http/index.ts';
import { NO_DETAILS } from '../ledger/index.ts';
import type { Instrument } from '../instruments/index.ts';
import type { Draft, DraftContext, Figures, TransactionInput, TransactionKind } from './draft.ts';
import { chosenLots, heldFigures, isHeldKind } from './held-figures.ts';
import { invalid, notNegative, notTooLarge, positive, posted, tradedAt } from './input-figures.ts';

type Field = keyof TransactionInput | 'symbol';

const ALWAYS: readonly Field[] = ['currency', 'tradedAt', 'note', 'baseRate'];
const COSTS: readonly Field[] = ['fee', 'tax'];
/** What each type takes beside those, and whether it names an instrument. */
const FIELDS: Readonly<Record<TransactionKind, { readonly symbol: 'required' | 'possible' | 'none'; readonly fields: readonly Field[] }>> =
  {
    buy: { symbol: 'required', fields: ['quantity', 'price', 'amount', ...COSTS] },
    sell: { symbol: 'required', fields: ['quantity', 'price', 'amount', 'lots', ...COSTS] },
    deposit: { symbol: 'none', fields: ['amount', ...COSTS] },
    withdrawal: { symbol: 'none', fields: ['amount', ...COSTS] },
    dividend: { symbol: 'required', fields: ['amount', 'quantity', 'price', ...COSTS] },
    interest: { symbol: 'possible', fields: ['amount', ...COSTS] },
    fee: { symbol: 'possible', fields: ['amount'] },
    tax: { symbol: 'possible', fields: ['amount'] },
    split: { symbol: 'required', fields: ['newShares', 'oldShares', 'amount'] },
    transferIn: { symbol: 'required', fields: ['quantity', 'price', 'amount', 'acquiredOn', 'baseCost'] },
    transferOut: { symbol: 'required', fields: ['quantity', 'lots'] },
    exchange: { symbol: 'none', fields: ['amount', 'counterAmount', 'counterCurrency', 'fee'] },
    returnOfCapital: { symbol: 'required', fields: ['amount', ...COSTS] },
    spinOff: { symbol: 'required', fields: ['newSymbol', 'quantity', 'costShare'] },
    merger: { symbol: 'required', fields: ['newSymbol', 'quantity', 'amount'] },
  };

/** Types whose fee and tax are taken out of what they bring. */
const PAYS_FROM_PROCEEDS: readonly TransactionKind[] = ['sell', 'dividend', 'interest', 'returnOfCapital'];
/** Types whose money may be in another currency than the instrument's: nothing of them is inside lots. */
const OWN_CURRENCY: readonly TransactionKind[] = ['dividend', 'interest', 'fee', 'tax'];

export function transactionDraft(type: TransactionKind, input: TransactionInput, context: DraftContext): Draft {
  const { instrument } = context;
  refuseOthers(type, input, instrument);
  const currency = currencyOf(type, input, context);
  const fee = posted(notNegative(input.fee, 'fee'), 'fee', currency);
  const tax = posted(notNegative(input.tax, 'tax'), 'tax', currency);
  const at = tradedAt(input.tradedAt, context);
  const figures = isHeldKind(type) ? heldFigures(type, input, { ...context, currency, tradedAt: at }) : moneyFigures(type, input, currency);
  if (PAYS_FROM_PROCEEDS.includes(type) && add(fee, tax) > figures.amount)
    throw invalid('fee', `and tax are more than the ${type === 'sell' ? 'sale' : type} brings`);
  const baseRate = input.baseRate === undefined ? null : positive(input.baseRate, 'baseRate');
  if (baseRate !== null && currency === context.baseCurrency) throw invalid('baseRate', 'is not for an amount in the base currency');
  const details = { ...figures.details, base_rate: baseRate === null ? null : formatDecimal(baseRate) };
  return { type, instrument, currency, fee, tax, tradedAt: at, note: noteOf(input.note), ...figures, details };
}

function refuseOthers(type: TransactionKind, input: TransactionInput, instrument: Instrument | null): void {
  const { symbol, fields } = FIELDS[type];
  if (symbol === 'required' && instrument === null) throw invalid('symbol', `is required for a ${type}`);
  for (const [field, value] of Object.entries(input)) {
    const known: readonly string[] = [...ALWAYS, ...fields];
    if (value !== undefined && !known.includes(field)) throw invalid(field, `is not for a ${type}`);
  }
}

/** Whether a transaction of this type may name an instrument. */
export function takesSymbol(type: TransactionKind): boolean {
  return FIELDS[type].symbol !== 'none';
}

/** The fields that a transaction of this type is made of. */
export function fieldsOf(type: TransactionKind): readonly string[] {
  return [...ALWAYS, ...FIELDS[type].fields];
}

function currencyOf(type: TransactionKind, input: TransactionInput, { instrument, baseCurrency }: DraftContext): string {
  const currency = input.currency ?? instrument?.currency ?? baseCurrency;
  if (instrument !== null && currency !== instrument.currency && !OWN_CURRENCY.includes(type))
    throw invalid('currency', `must be ${instrument.currency}, the currency of ${instrument.symbol}`);
  return knownCurrency(currency, 'currency');
}

function knownCurrency(currency: string, path: string): string {
  if (findCurrency(currency) === null) throw invalid(path, 'is not a currency we know: use an ISO 4217 code such as USD');
  return currency;
}

type MoneyKind = Exclude<TransactionKind, Parameters<typeof heldFigures>[0]>;

function moneyFigures(type: MoneyKind, input: TransactionInput, currency: string): Figures {
  switch (type) {
    case 'buy':
    case 'sell':
      return tradeFigures(type, input, currency);
    case 'dividend':
      if (input.quantity !== undefined || input.price !== undefined) return perShare(input, currency);
      return money(input, currency);
    case 'deposit':
    case 'withdrawal':
    case 'interest':
    case 'fee':
    case 'tax':
    case 'returnOfCapital':
      return money(input, currency);
    case 'exchange': {
      const counterCurrency = knownCurrency(input.counterCurrency ?? '', 'counterCurrency');
      if (counterCurrency === currency) throw invalid('counterCurrency', 'must differ from currency');
      const counterAmount = posted(positive(input.counterAmount, 'counterAmount'), 'counterAmount', counterCurrency);
      const details = { ...NO_DETAILS, counter_amount: formatDecimal(counterAmount), counter_currency: counterCurrency };
      return { ...money(input, currency), details };
    }
  }
}

function money({ amount }: TransactionInput, currency: string): Figures {
  return { quantity: null, price: null, amount: posted(positive(amount, 'amount'), 'amount', currency), details: NO_DETAILS };
}

function perShare(input: TransactionInput, currency: string): Figures {
  const quantity = positive(input.quantity, 'quantity');
  const price = positive(input.price, 'price');
  const amount =
    input.amount === undefined ? multiplyMoney(quantity, price, currency) : posted(positive(input.amount, 'amount'), 'amount', currency);
  if (tooFar(amount, multiplyMoney(quantity, price, currency))) throw invalid('amount', 'is not quantity x price');
  return { quantity, price, amount: notTooLarge(amount, 'amount'), details: NO_DETAILS };
}

function tradeFigures(type: 'buy' | 'sell', input: TransactionInput, currency: string): Figures {
  const quantity = positive(input.quantity, 'quantity');
  const price = notNegative(input.price, 'price');
  if (input.price === undefined) throw invalid('price', `is required for a ${type}`);
  const amount = multiplyMoney(quantity, price, currency);
  if (input.amount !== undefined && tooFar(exactInput(input.amount, 'amount'), amount)) throw invalid('amount', 'is not quantity x price');
  return { quantity, price, amount: notTooLarge(amount, 'amount'), details: { ...NO_DETAILS, lots: chosenLots(input, quantity) } };
}

/** A purchase as it was sent, whatever its figures: STRICT_ORDERS=false keeps it, and the quality checks name what cannot be. */
export function lenientDraft(type: TransactionKind, input: TransactionInput, context: DraftContext): Draft {
  const quantity = exactInput(input.quantity ?? 0, 'quantity');
  const price = exactInput(input.price ?? 0, 'price');
  if (isPositive(quantity) && !isNegative(price)) return transactionDraft(type, input, context);
  const { instrument, baseCurrency } = context;
  const currency = instrument?.currency ?? baseCurrency;
  const nothing = { amount: ZERO, fee: ZERO, tax: ZERO, note: null, details: NO_DETAILS };
  return { type, instrument, quantity, price, currency, tradedAt: tradedAt(input.tradedAt, context), ...nothing };
}

function noteOf(note: string | undefined): string | null {
  const trimmed = note?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** Brokers round the amount to cents. */
function tooFar(given: Decimal, computed: Decimal): boolean {
  return !isZero(given) && absolute(subtract(given, computed)) > decimal('0.01');
}
