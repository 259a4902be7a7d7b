import type { AnswerOf, BodyOf, QueryOf } from '@holdfast/contract';
import type { getOrder, listOrders, placeOrder, previewOrder, replaceOrder } from '@holdfast/contract/orders';

export type Order = AnswerOf<typeof getOrder>;
export type NewOrder = BodyOf<typeof placeOrder>;
export type OrderChange = BodyOf<typeof replaceOrder>;
export type OrderPreview = AnswerOf<typeof previewOrder>;
export type OrderQuery = QueryOf<typeof listOrders>;
export type OrderSide = Order['side'];
export type OrderType = Order['type'];
export type OrderStatus = Order['status'];
export type TimeInForce = Order['timeInForce'];
export type Fill = Order['fills'][number];
export type OrderRefusal = NonNullable<OrderPreview['refusal']>;
