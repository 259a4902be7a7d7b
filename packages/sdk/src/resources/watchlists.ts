import { path, type HttpClient } from '../http-client.ts';
import type { Page } from '../wire/page.ts';
import type {
  NewWatchlist,
  NewWatchlistItem,
  Plan,
  Watchlist,
  WatchlistChange,
  WatchlistItem,
  WatchlistItemChange,
  WatchlistWithItems,
  WatchOutcome,
} from '../wire/watchlist.ts';

/** Watchlists, their items, and how many of them each plan allows. `key` is an Idempotency-Key. */
export function watchlistCalls(http: HttpClient) {
  return Object.freeze({
    list: (signal?: AbortSignal) => http<Page<Watchlist>>({ method: 'GET', path: '/watchlists', query: { limit: 500 }, signal }),
    create: (body: NewWatchlist, key: string) => http<Watchlist>({ method: 'POST', path: '/watchlists', body, idempotencyKey: key }),
    get: (id: string, signal?: AbortSignal) => http<WatchlistWithItems>({ method: 'GET', path: path('/watchlists/{}', id), signal }),
    change: (id: string, body: WatchlistChange) => http<Watchlist>({ method: 'PATCH', path: path('/watchlists/{}', id), body }),
    copy: (id: string, name: string, key: string) =>
      http<Watchlist>({ method: 'POST', path: path('/watchlists/{}/copy', id), body: { name }, idempotencyKey: key }),
    remove: (id: string) => http<undefined>({ method: 'DELETE', path: path('/watchlists/{}', id) }),
    /** At most 200 at once; each has its own outcome. */
    addItems: (id: string, items: readonly NewWatchlistItem[], key: string) =>
      http<Pick<Page<WatchOutcome>, 'items'>>({
        method: 'POST',
        path: path('/watchlists/{}/items', id),
        body: { items },
        idempotencyKey: key,
      }),
    changeItem: (id: string, symbol: string, body: WatchlistItemChange) =>
      http<WatchlistItem>({ method: 'PATCH', path: path('/watchlists/{}/items/{}', id, symbol), body }),
    removeItem: (id: string, symbol: string) => http<undefined>({ method: 'DELETE', path: path('/watchlists/{}/items/{}', id, symbol) }),
    plans: (signal?: AbortSignal) => http<Pick<Page<Plan>, 'items'>>({ method: 'GET', path: '/plans', signal }),
  });
}
