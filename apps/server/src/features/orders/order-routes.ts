import {
  cancelOrder as cancelContract,
  cancelOrders as cancelAllContract,
  getOrder,
  listOrderEvents,
  listOrders,
  placeOrder as placeContract,
  placeOrders as placeManyContract,
  previewOrder as previewContract,
  replaceOrder as replaceContract,
} from '@holdfast/contract/orders';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import { Answer, notFound, readCursor, requestHash, Serialised, serve, writeCursor } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import { isId } from '../../platform/ids.ts';
import type { KeptOrder } from '../desk/index.ts';
import { cancelOrder, cancelOrders } from './cancel-order.ts';
import { orderJson } from './order-json.ts';
import type { OrderCaller, OrderNeeds } from './order-needs.ts';
import { findOrder, findOrderEvents, findOrders } from './order-store.ts';
import { placeOrder } from './place-order.ts';
import type { OrderOutcome } from './place-order.ts';
import { placeOrders } from './place-orders.ts';
import { previewOrder } from './preview-order.ts';
import { replaceOrder } from './replace-order.ts';

const OPEN = ['accepted', 'partiallyFilled'];
const FINAL = ['filled', 'canceled', 'replaced', 'expired', 'rejected'];

export function bindOrderRoutes(context: ServeContext, needs: OrderNeeds): void {
  const atOnce = { ...context, scoped: false };
  const json = (order: KeptOrder) => orderJson(order, needs.instruments.byKey(order.instrumentKey));

  serve(atOnce, placeContract, async (ask) => {
    const asked = { portfolioId: ask.params.id, input: ask.body, idempotencyKey: ask.idempotencyKey ?? null };
    const outcome = await placeOrder(needs, callerOf(ask), asked);
    return placed(outcome, json(outcome.order));
  });

  serve(context, placeManyContract, async (ask) => {
    const { idempotencyKey } = ask;
    const key =
      idempotencyKey === undefined ? null : { key: idempotencyKey, hash: requestHash(placeManyContract.name, ask.request.url, ask.body) };
    const asked = { portfolioId: ask.params.id, orders: ask.body.orders, key };
    const { text, replayed } = await placeOrders({ ...needs, json }, callerOf(ask), asked);
    return new Answer(200, new Serialised(text), replayed ? { 'idempotency-replayed': 'true' } : {});
  });

  serve(context, previewContract, (ask) => previewOrder(needs, callerOf(ask), { portfolioId: ask.params.id, input: ask.body }));

  serve(context, listOrders, async ({ caller, params, query }) => {
    await requireOwn(needs, caller.userId, params.id);
    const limit = query.limit ?? 50;
    const statuses = query.status === undefined ? null : query.status === 'open' ? OPEN : query.status === 'final' ? FINAL : [query.status];
    const instrument = query.symbol === undefined ? null : needs.instruments.resolve(query.symbol, caller.userId);
    if (query.symbol !== undefined && instrument === null) return { items: [], nextCursor: null };
    const filter = {
      portfolioId: params.id,
      statuses,
      instrumentKey: instrument?.key ?? null,
      clientOrderId: query.clientOrderId ?? null,
      side: query.side ?? null,
      type: query.type ?? null,
      from: query.from === undefined ? null : new Date(query.from),
      to: query.to === undefined ? null : new Date(query.to),
      parentId: query.parentId ?? null,
    };
    const after = readCursor('orders', query.cursor, [isId])?.[0] ?? null;
    const orders = await findOrders(needs, filter, { limit, after });
    const kept = orders.slice(0, limit);
    const last = kept.at(-1);
    const next = orders.length > limit && last !== undefined ? JSON.stringify(writeCursor('orders', [last.id])) : 'null';
    return new Serialised(`{"items":[${kept.map(json).join(',')}],"nextCursor":${next}}`);
  });

  serve(context, getOrder, async ({ caller, params }) => new Serialised(json(await requireOrder(needs, caller.userId, params))));

  serve(context, listOrderEvents, async ({ caller, params }) => {
    await requireOrder(needs, caller.userId, params);
    const rows = await findOrderEvents(needs.db, { portfolioId: params.id, orderId: params.orderId });
    return {
      items: rows.map((row) => ({
        sequence: row.sequence,
        at: row.at.toISOString(),
        status: row.status as KeptOrder['status'],
        filledQuantity: exact(row.filled_quantity),
        averageFillPrice: row.average_fill_price === null ? null : exact(row.average_fill_price),
        fees: exact(row.fees),
      })),
    };
  });

  serve(context, replaceContract, async (ask) => {
    const asked = { portfolioId: ask.params.id, orderId: ask.params.orderId, change: ask.body };
    return new Serialised(json(await replaceOrder(needs, callerOf(ask), asked)));
  });

  serve(
    context,
    cancelContract,
    async (ask) =>
      new Serialised(json(await cancelOrder(needs, callerOf(ask), { portfolioId: ask.params.id, orderId: ask.params.orderId }))),
  );

  serve(context, cancelAllContract, async (ask) => ({ canceled: await cancelOrders(needs, callerOf(ask), ask.params.id) }));
}

/** 201 for a new order and for its replay by Idempotency-Key, 200 for the one found by its clientOrderId. */
function placed(outcome: OrderOutcome, text: string): Answer {
  if (outcome.replayed === 'no') return new Answer(201, new Serialised(text));
  const headers = outcome.replayed === 'idempotencyKey' ? { 'idempotency-replayed': 'true' } : {};
  return new Answer(outcome.replayed === 'idempotencyKey' ? 201 : 200, new Serialised(text), headers);
}

function callerOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }): OrderCaller {
  return { userId: ask.caller.userId, tokenVersion: ask.caller.tokenVersion, requestId: ask.requestId, ip: ask.ip };
}

async function requireOwn({ states }: OrderNeeds, userId: string, portfolioId: string): Promise<void> {
  const state = await states.current(portfolioId);
  if (state === null || state.userId !== userId) throw notFound('portfolio');
}

async function requireOrder(
  needs: OrderNeeds,
  userId: string,
  params: { readonly id: string; readonly orderId: string },
): Promise<KeptOrder> {
  const order = await findOrder(needs, { userId, portfolioId: params.id, orderId: params.orderId });
  if (order === null) throw notFound('order');
  return order;
}

/** Columns print all their decimals; answers print those that count. */
function exact(text: string): string {
  return formatDecimal(decimal(text));
}
