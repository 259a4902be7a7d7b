import { formatDecimal, multiplyMoney, sum, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { place } from '@holdfast/engine/matching';
import type { Placed } from '@holdfast/engine/matching';
import { stopOf } from '@holdfast/engine/orders';
import { AppError, notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import { refusalError } from '../desk/index.ts';
import { symbolOf } from '../instruments/index.ts';
import type { OrderCaller, OrderNeeds } from './order-needs.ts';
import { orderRequest, resolveSymbol } from './order-request.ts';
import type { OrderInput } from './order-request.ts';

/** What placing the order would do at this moment: the same decision as the desk's, on the same state, without writing it. */
export async function previewOrder(
  { states, market, instruments, clock }: OrderNeeds,
  caller: OrderCaller,
  asked: { readonly portfolioId: string; readonly input: OrderInput },
) {
  const instrument = resolveSymbol(instruments, asked.input.symbol, caller.userId);
  const state = await states.current(asked.portfolioId);
  if (state === null || state.userId !== caller.userId) throw notFound('portfolio');
  if (state.kind === 'tracked') throw new AppError('portfolio_kind', 'A tracked portfolio takes no orders.');
  if (state.archived) throw new AppError('portfolio_archived', 'The portfolio is archived. Bring it back first.');
  const now = clock.now();
  const request = orderRequest(asked.input, newId(now));
  const moment = { now, day: market.dayOf(now, state.timeZone), newId: () => newId(now) };
  const decision = place(state.account, request, market.placementContext(instrument, state, moment));
  const quote = market.quoteOf(instrument.key);
  const common = {
    symbol: symbolOf(instrument),
    currency: instrument.currency,
    cashBefore: formatDecimal(state.account.cash),
    cashCurrency: state.account.baseCurrency,
    quote:
      quote === null
        ? null
        : { last: formatDecimal(quote.last), bid: text(quote.bid), ask: text(quote.ask), at: new Date(quote.at).toISOString() },
  };
  if (decision.outcome === 'refused') {
    const error = refusalError(decision.refusal, instrument);
    const { needed, available, currency } = error.extras;
    const refusal = { code: error.code, detail: error.message, ...defined({ needed, available, currency }) };
    const price = request.limitPrice ?? quote?.last ?? null;
    const wanted =
      price === null || request.quantity === null
        ? (request.notional ?? ZERO)
        : multiplyMoney(request.quantity, price, instrument.currency);
    // What is too large to be ordered may be too large to be written as well.
    const amount = decision.refusal.code === 'order_too_large' ? ZERO : wanted;
    const quantity = formatDecimal(request.quantity ?? ZERO);
    return {
      ...common,
      outcome: 'refused' as const,
      quantity,
      price: text(price),
      amount: formatDecimal(amount),
      fee: '0',
      cashAfter: common.cashBefore,
      reserved: '0',
      refusal,
    };
  }
  return { ...common, ...described(decision, instrument.currency), refusal: null };
}

function described({ order, account, postings }: Placed, currency: string) {
  const trades = postings.flatMap(({ transaction }) => (transaction.type === 'buy' || transaction.type === 'sell' ? [transaction] : []));
  const filled = sum(trades.map(({ amount }) => amount));
  const rests = order.status === 'accepted' || order.status === 'partiallyFilled';
  const outcome =
    order.status === 'filled'
      ? ('fills' as const)
      : order.status === 'canceled'
        ? ('cancels' as const)
        : order.status === 'partiallyFilled'
          ? ('partlyFills' as const)
          : ('rests' as const);
  const wanted = order.limitPrice ?? stopOf(order);
  const restingAmount = rests && wanted !== null ? multiplyMoney(order.quantity, wanted, currency) : ZERO;
  return {
    outcome,
    quantity: formatDecimal(order.quantity),
    price: text(order.averageFillPrice ?? wanted),
    amount: formatDecimal(filled === ZERO ? restingAmount : filled),
    fee: formatDecimal(order.fees),
    cashAfter: formatDecimal(account.cash),
    reserved: formatDecimal(order.reserved),
  };
}

function text(value: Decimal | null): string | null {
  return value === null ? null : formatDecimal(value);
}

function defined<T extends Record<string, string | undefined>>(fields: T): { [Name in keyof T]?: string } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [Name in keyof T]?: string };
}
