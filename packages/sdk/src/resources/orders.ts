import { path, type HttpClient } from '../http-client.ts';
import type { NewOrder, Order, OrderChange, OrderPreview, OrderQuery } from '../wire/order.ts';
import type { Page } from '../wire/page.ts';

/** Orders of paper portfolios. `key` is an Idempotency-Key: a repetition with it returns the first order. */
export function orderCalls(http: HttpClient) {
  return Object.freeze({
    list: (portfolioId: string, query: OrderQuery, signal?: AbortSignal) =>
      http<Page<Order>>({ method: 'GET', path: path('/portfolios/{}/orders', portfolioId), query, signal }),
    place: (portfolioId: string, body: NewOrder, key: string) =>
      http<Order>({ method: 'POST', path: path('/portfolios/{}/orders', portfolioId), body, idempotencyKey: key }),
    preview: (portfolioId: string, body: NewOrder, signal?: AbortSignal) =>
      http<OrderPreview>({ method: 'POST', path: path('/portfolios/{}/orders/preview', portfolioId), body, signal }),
    get: (portfolioId: string, orderId: string, signal?: AbortSignal) =>
      http<Order>({ method: 'GET', path: path('/portfolios/{}/orders/{}', portfolioId, orderId), signal }),
    replace: (portfolioId: string, orderId: string, body: OrderChange) =>
      http<Order>({ method: 'PATCH', path: path('/portfolios/{}/orders/{}', portfolioId, orderId), body }),
    cancelAll: (portfolioId: string) =>
      http<{ readonly canceled: number }>({ method: 'DELETE', path: path('/portfolios/{}/orders', portfolioId) }),
    cancel: (portfolioId: string, orderId: string) =>
      http<Order>({ method: 'DELETE', path: path('/portfolios/{}/orders/{}', portfolioId, orderId) }),
  });
}
