/** Decides what a new quote does to an order that rests. */
import { isPositive } from '../money/index.ts';
import type { Decimal } from '../money/index.ts';
import type { Account, Order } from '../orders/index.ts';
import { hearPrice, isOpen, otherOfPair, stopOf } from '../orders/index.ts';
import { followFill } from './brackets.ts';
import { endOrder } from './end-order.ts';
import { matchAgainst, type MarketQuote } from './fill-model.ts';
import { settle, type Moment, type Posting, type TradedInstrument } from './settle.ts';

export interface Outcome {
  readonly order: Order;
  readonly account: Account;
  readonly postings: readonly Posting[];
  /** What it brought about with the orders it belongs to. */
  readonly others: readonly Order[];
  /** Why the order was rejected after it had been accepted. */
  readonly rejection: { readonly code: string; readonly detail: string } | null;
}

interface Resting {
  readonly order: Order;
  readonly instrument: TradedInstrument;
  readonly quote: MarketQuote;
  /** The open orders that belong to it: the children of a purchase, the other of a pair. */
  readonly linked: readonly Order[];
  /** What was seen of the market before this quote: a stop that was reached stays reached, whatever the price does since. */
  readonly seen: { readonly last: Decimal; readonly mark: Decimal | null } | null;
}

/**
 * Null when the quote does not reach the order. An order whose cash no longer suffices (its reservation was for another exchange
 * rate) is rejected and gives everything back: the account is never overdrawn to honour it.
 */
export function fillResting(account: Account, resting: Resting, moment: Moment): Outcome | null {
  const { instrument, quote, linked } = resting;
  if (!isOpen(resting.order.status)) return null;
  const order = heard(resting, moment.now);
  if (stopOf(order) !== null) return null;
  const match = matchAgainst(quote, order, account.rules);
  if (match === null || !isPositive(match.quantity)) {
    return order === resting.order ? null : { order, account, postings: [], others: [], rejection: null };
  }
  const settled = settle(account, { order, match, instrument }, moment);
  if ('code' in settled) {
    const detail =
      settled.code === 'no_exchange_rate'
        ? 'There was no exchange rate when the order could have filled.'
        : 'The reserved cash no longer covered the order when it could have filled.';
    return end(account, { order, linked }, { status: 'rejected', rejection: { code: settled.code, detail } });
  }
  const { account: after, others } = followFill(settled, { quantity: match.quantity, linked, moment });
  const done = settled.order.status === 'filled';
  const remaining = done ? { ...after, openOrders: after.openOrders - 1 } : after;
  return { order: settled.order, account: remaining, postings: settled.postings, others, rejection: null };
}

/** The order after what was seen, and then after the quote. */
function heard({ order, quote, seen }: Resting, now: number): Order {
  if (order.terms === null) return order;
  const mark = seen?.mark ?? null;
  const marked = mark === null || order.terms.mark === null ? order : hearPrice(order, mark, now);
  const before = seen === null ? marked : hearPrice(marked, seen.last, now);
  return hearPrice(before, quote.last, now);
}

/** Ends an open order: the owner cancels it, or its time is over. Null when it is final. */
export function close(
  account: Account,
  ending: { readonly order: Order; readonly linked: readonly Order[] },
  status: 'canceled' | 'expired',
): Outcome | null {
  return isOpen(ending.order.status) ? end(account, ending, { status, rejection: null }) : null;
}

function end(
  account: Account,
  { order, linked }: { readonly order: Order; readonly linked: readonly Order[] },
  how: { readonly status: 'canceled' | 'expired' | 'rejected'; readonly rejection: Outcome['rejection'] },
): Outcome {
  const ended = endOrder(account, { order, other: otherOfPair(order, linked) }, how.status);
  const left = { ...ended.account, openOrders: ended.account.openOrders - 1 };
  return { order: ended.order, account: left, postings: [], others: [], rejection: how.rejection };
}
