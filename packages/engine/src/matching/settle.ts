/** What a fill does to the account and the order: the postings it makes, exact, or why it cannot be paid. */
import { journal, type Transaction, type Transfer } from '../ledger/index.ts';
import {
  add,
  compare,
  divide,
  isPositive,
  isZero,
  maximum,
  minimum,
  multiply,
  multiplyMoney,
  negate,
  prorate,
  roundMoney,
  smallestAmount,
  subtract,
  ZERO,
} from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import { inBase, type LotTrade } from '../lots/index.ts';
import { freeCash, holdingOf, moveTo, type Account, type Holding, type Order, type Refusal } from '../orders/index.ts';
import type { Day } from '../time/index.ts';
import { feeOf } from './fee-schedule.ts';
import type { Match } from './fill-model.ts';
import { tradeHolding } from './trade-holding.ts';

/** What deciding an order needs to know of its instrument and of the moment. */
export interface TradedInstrument {
  readonly key: number;
  readonly currency: string;
  /** Units of the account's base currency per unit of `currency`; ONE where they are the same, null where none is known. */
  readonly baseRate: Decimal | null;
}

export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly day: Day;
  /** Makes the id of the next transaction; handed in, because the engine leaves nothing to chance. */
  readonly newId: () => string;
}

/** One dated fact that a decision makes: a fill, or the exchange that paid for it. */
export interface Posting {
  readonly transaction: Transaction;
  readonly price: Decimal | null;
  /** What it did to cash in the transaction's currency, signed. */
  readonly cashEffect: Decimal;
  readonly realizedGain: Decimal | null;
  readonly transfers: readonly Transfer[];
}

export interface Settlement {
  readonly account: Account;
  readonly order: Order;
  readonly postings: readonly Posting[];
}

export function settle(
  account: Account,
  fill: { readonly order: Order; readonly match: Match; readonly instrument: TradedInstrument },
  moment: Moment,
): Settlement | Refusal {
  return fill.order.side === 'buy' ? settlePurchase(account, fill, moment) : settleSale(account, fill, moment);
}

type Fill = Parameters<typeof settle>[1];

function settlePurchase(account: Account, { order, match, instrument }: Fill, moment: Moment): Settlement | Refusal {
  const { currency } = instrument;
  // A part so small that it would be posted as nothing costs the least that can be posted: nobody buys for nothing.
  const amount = maximum(multiplyMoney(match.quantity, match.price, currency), smallestAmount(currency));
  const fee = feeOf(account.rules.fees, { amount, currency, first: isZero(order.filledQuantity) });
  const cost = add(amount, fee);
  // The order gives back what it held for this part before the fill is paid, so its own reservation pays for it.
  const released = releasedBy(order, match.quantity);
  const freed: Account = { ...account, reserved: subtract(account.reserved, released) };
  const paid = currency === account.baseCurrency ? payBase(freed, cost) : payForeign(freed, { cost, instrument, moment });
  if ('code' in paid) return paid;
  const transaction = tradeOf({ order, match, instrument }, { amount, fee, moment });
  const trade = lotTradeOf({ order, match, instrument }, { id: transaction.id, amount: cost, day: moment.day });
  const bought = tradeHolding(holdingOf(account, instrument.key), trade, account.costMethod);
  const posting: Posting = {
    transaction,
    price: match.price,
    cashEffect: negate(cost),
    realizedGain: null,
    transfers: journal(transaction, { cost }),
  };
  return {
    account: withHolding(paid.account, instrument.key, bought.holding),
    order: filled({ ...order, reserved: subtract(order.reserved, released) }, match, fee),
    postings: [...paid.postings, posting],
  };
}

function settleSale(account: Account, { order, match, instrument }: Fill, moment: Moment): Settlement | Refusal {
  const { currency } = instrument;
  const holding = holdingOf(account, instrument.key);
  if (compare(match.quantity, holding.quantity) > 0)
    return { code: 'insufficient_position', needed: match.quantity, available: holding.quantity };
  const amount = multiplyMoney(match.quantity, match.price, currency);
  const charged = feeOf(account.rules.fees, { amount, currency, first: isZero(order.filledQuantity) });
  // A fee beyond the proceeds would take cash that nobody has checked.
  const fee = minimum(charged, amount);
  const net = subtract(amount, fee);
  const transaction = tradeOf({ order, match, instrument }, { amount, fee, moment });
  const trade = lotTradeOf({ order, match, instrument }, { id: transaction.id, amount: net, day: moment.day });
  const sold = tradeHolding(holding, trade, account.costMethod);
  // A sell order holds back its unfilled quantity from placement on, so every fill gives back what it sold.
  const left: Holding = { ...sold.holding, reserved: subtract(holding.reserved, match.quantity) };
  const transfers = journal(transaction, { cost: sold.cost });
  const posting: Posting = { transaction, price: match.price, cashEffect: net, realizedGain: sold.gain, transfers };
  return {
    account: withHolding(withCash(account, currency, net), instrument.key, left),
    order: filled(order, match, fee),
    postings: [posting],
  };
}

function lotTradeOf(
  { order, match, instrument }: Fill,
  net: { readonly id: string; readonly amount: Decimal; readonly day: Day },
): LotTrade {
  const baseAmount = inBase(net.amount, instrument.baseRate ?? undefined);
  return { id: net.id, on: net.day, side: order.side, quantity: match.quantity, amount: net.amount, baseAmount };
}

/** How much of an open buy's reservation belongs to this part of what is left of it; all of it when nothing remains. */
export function releasedBy(order: Order, quantity: Decimal): Decimal {
  const remaining = subtract(order.quantity, order.filledQuantity);
  if (isZero(order.reserved) || compare(quantity, remaining) >= 0) return order.reserved;
  return prorate(order.reserved, { part: quantity, whole: remaining }, { places: 10 });
}

type Paid = { readonly account: Account; readonly postings: readonly Posting[] };

function payBase(account: Account, cost: Decimal): Paid | Refusal {
  const available = freeCash(account);
  if (compare(cost, available) > 0) return { code: 'insufficient_cash', needed: cost, available, currency: account.baseCurrency };
  return { account: { ...account, cash: subtract(account.cash, cost) }, postings: [] };
}

/** Pays from cash in the instrument's currency; what is missing is exchanged from the base currency, as a fact of its own. */
function payForeign(
  account: Account,
  need: { readonly cost: Decimal; readonly instrument: TradedInstrument; readonly moment: Moment },
): Paid | Refusal {
  const { cost, instrument, moment } = need;
  const { currency, baseRate } = instrument;
  const own = account.foreignCash.get(currency) ?? ZERO;
  const missing = subtract(cost, own);
  if (!isPositive(missing)) return { account: withCash(account, currency, negate(cost)), postings: [] };
  if (baseRate === null) return { code: 'no_exchange_rate', from: account.baseCurrency, to: currency };
  const given = baseCostOf(account, missing, baseRate);
  const available = freeCash(account);
  if (compare(given, available) > 0) return { code: 'insufficient_cash', needed: given, available, currency: account.baseCurrency };
  const exchange: Transaction = {
    type: 'exchange',
    id: moment.newId(),
    tradedOn: moment.day,
    currency: account.baseCurrency,
    amount: given,
    counterCurrency: currency,
    counterAmount: missing,
    fee: ZERO,
  };
  const posting: Posting = {
    transaction: exchange,
    price: null,
    cashEffect: negate(given),
    realizedGain: null,
    transfers: journal(exchange, { cost: ZERO }),
  };
  const exchanged = withCash({ ...account, cash: subtract(account.cash, given) }, currency, missing);
  return { account: withCash(exchanged, currency, negate(cost)), postings: [posting] };
}

/** What an amount of another currency costs in the base currency, posted to minor units, never rounded to nothing. */
export function baseCostOf(account: Account, amount: Decimal, baseRate: Decimal): Decimal {
  const cost = roundMoney(multiply(amount, baseRate), account.baseCurrency);
  return isZero(cost) && isPositive(amount) ? smallestAmount(account.baseCurrency) : cost;
}

export function withCash(account: Account, currency: string, change: Decimal): Account {
  if (currency === account.baseCurrency) return { ...account, cash: add(account.cash, change) };
  const foreignCash = new Map(account.foreignCash);
  foreignCash.set(currency, add(foreignCash.get(currency) ?? ZERO, change));
  return { ...account, foreignCash };
}

export function withHolding(account: Account, instrumentKey: number, holding: Holding): Account {
  const holdings = new Map(account.holdings);
  holdings.set(instrumentKey, holding);
  return { ...account, holdings };
}

function filled(order: Order, match: Match, fee: Decimal): Order {
  const filledQuantity = add(order.filledQuantity, match.quantity);
  const filledValue = add(order.filledValue, multiply(match.quantity, match.price));
  const done = compare(filledQuantity, order.quantity) >= 0;
  return {
    ...order,
    filledQuantity,
    filledValue,
    averageFillPrice: divide(filledValue, filledQuantity),
    fees: add(order.fees, fee),
    status: moveTo(order.status, done ? 'filled' : 'partiallyFilled'),
  };
}

function tradeOf(
  { order, match, instrument }: Fill,
  posted: { readonly amount: Decimal; readonly fee: Decimal; readonly moment: Moment },
): Transaction {
  return {
    type: order.side,
    id: posted.moment.newId(),
    tradedOn: posted.moment.day,
    currency: instrument.currency,
    instrument: String(instrument.key),
    quantity: match.quantity,
    amount: posted.amount,
    fee: posted.fee,
    tax: ZERO,
  };
}
