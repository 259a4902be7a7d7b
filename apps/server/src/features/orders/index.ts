/** Orders of paper portfolios: placing, previewing, canceling, listing; quotes trigger those that rest. */
export { cancelOrders } from './cancel-order.ts';
export { orderJson } from './order-json.ts';
export { createOrderMatcher } from './order-matcher.ts';
export type { OrderMatcher } from './order-matcher.ts';
export type { OrderNeeds } from './order-needs.ts';
export { orderCommand } from './place-order.ts';
export { bindOrderRoutes } from './order-routes.ts';
