import { AppError, notFound } from '../../platform/http/index.ts';
import type { KeptOrder } from '../desk/index.ts';
import { findOrder } from './order-store.ts';
import type { OrderCaller, OrderNeeds } from './order-needs.ts';

/** Of cancel against fill exactly one wins; the loser is told `order_final`. */
export async function cancelOrder(
  { desk, db, pool }: OrderNeeds,
  caller: OrderCaller,
  asked: { readonly portfolioId: string; readonly orderId: string },
): Promise<KeptOrder> {
  const outcome = await desk.submit({ kind: 'cancel', portfolioId: asked.portfolioId, by: caller, orderId: asked.orderId });
  if (outcome.kind === 'order') return outcome.order;
  const order = await findOrder({ db, pool }, { ...asked, userId: caller.userId });
  if (order === null) throw notFound('order');
  throw new AppError('order_final', `The order is ${order.status} and cannot be canceled.`);
}

/** Cancels what is open now and answers how many that were. */
export async function cancelOrders(
  { desk, states }: Pick<OrderNeeds, 'desk' | 'states'>,
  caller: OrderCaller,
  portfolioId: string,
): Promise<number> {
  const state = await states.current(portfolioId);
  if (state === null || state.userId !== caller.userId) throw notFound('portfolio');
  const commands = [...state.openOrders.keys()].map((orderId) => desk.submit({ kind: 'cancel', portfolioId, by: caller, orderId }));
  const outcomes = await Promise.all(commands);
  return outcomes.filter(({ kind }) => kind === 'order').length;
}
