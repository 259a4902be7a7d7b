import type { BodyOf } from '@holdfast/contract';
import type { replaceOrder as contract } from '@holdfast/contract/orders';
import { compare, decimal } from '@holdfast/engine/money';
import type { OrderChange } from '@holdfast/engine/matching';
import { notFound } from '../../platform/http/index.ts';
import { newId } from '../../platform/ids.ts';
import type { KeptOrder } from '../desk/index.ts';
import type { OrderCaller, OrderNeeds } from './order-needs.ts';
import { invalid, isStop, positive } from './order-request.ts';
import { findOrder } from './order-store.ts';

/** Answers the new order. The old one stands as it was when the new one is refused, or has ended meanwhile. */
export async function replaceOrder(
  needs: OrderNeeds,
  caller: OrderCaller,
  asked: { readonly portfolioId: string; readonly orderId: string; readonly change: BodyOf<typeof contract> },
): Promise<KeptOrder> {
  const { portfolioId, orderId } = asked;
  const order = await findOrder(needs, { userId: caller.userId, portfolioId, orderId });
  if (order === null) throw notFound('order');
  const outcome = await needs.desk.submit({
    kind: 'replace',
    portfolioId,
    by: caller,
    orderId,
    newId: newId(needs.clock.now()),
    change: changeOf(order, asked.change),
    mark: order.terms?.mark ?? null,
    clientOrderId: asked.change.clientOrderId ?? null,
  });
  if (outcome.kind !== 'order') throw new Error('The desk answered a replacement with something else.');
  return outcome.order;
}

const HUNDRED = decimal('100');

/** Throws `invalid_value` for what an order of its type does not have. */
function changeOf(order: KeptOrder, asked: BodyOf<typeof contract>): OrderChange {
  const { type, terms } = order;
  const change: OrderChange = {
    quantity: positive(asked.quantity, 'quantity'),
    limitPrice: positive(asked.limitPrice, 'limitPrice'),
    stopPrice: positive(asked.stopPrice, 'stopPrice'),
    trailAmount: positive(asked.trailAmount, 'trailAmount'),
    trailPercent: positive(asked.trailPercent, 'trailPercent'),
    timeInForce: asked.timeInForce ?? null,
  };
  if (change.limitPrice !== null && type !== 'limit' && type !== 'stopLimit') throw invalid('limitPrice', `is not for a ${type} order`);
  if (change.stopPrice !== null && type !== 'stop' && type !== 'stopLimit') throw invalid('stopPrice', `is not for a ${type} order`);
  if (change.stopPrice !== null && terms !== null && terms.triggeredAt !== null) throw invalid('stopPrice', 'has been reached already');
  const trails = change.trailAmount !== null || change.trailPercent !== null;
  if (trails && type !== 'trailingStop') throw invalid('trailAmount', `is not for a ${type} order`);
  if (change.trailAmount !== null && change.trailPercent !== null)
    throw invalid('trailAmount', 'or trailPercent can be given, and not both');
  if (change.trailPercent !== null && compare(change.trailPercent, HUNDRED) >= 0) throw invalid('trailPercent', 'must be less than 100');
  if (isStop(type) && (change.timeInForce === 'ioc' || change.timeInForce === 'fok'))
    throw invalid('timeInForce', `must be day or gtc for a ${type} order: it waits for its stop`);
  if ((terms?.pairId ?? null) !== null && (change.quantity !== null || change.timeInForce !== null))
    throw invalid('quantity', 'and timeInForce are shared with the other order of the pair: change its prices, or cancel it');
  return change;
}
