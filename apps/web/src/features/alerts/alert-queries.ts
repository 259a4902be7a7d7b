import type { AlertQuery } from '@holdfast/sdk';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

/** Everything about alerts stands under this key. */
export const alertsKey = ['alerts'] as const;

export function alertListQuery(query: AlertQuery) {
  return infiniteQueryOptions({
    queryKey: [...alertsKey, 'list', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => api.alerts.list(pageParam === undefined ? query : { ...query, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** The lists that an alert can be about; the page of watchlists reads them under the same key. */
export const watchlistChoicesQuery = queryOptions({
  queryKey: ['watchlists', 'all'],
  queryFn: async ({ signal }) => (await api.watchlists.list(signal)).items,
});

export function alertQuery(id: string) {
  return queryOptions({ queryKey: [...alertsKey, 'one', id], queryFn: ({ signal }) => api.alerts.get(id, signal) });
}

export function alertEventsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...alertsKey, 'events', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.alerts.events(id, pageParam === undefined ? { limit: 25 } : { limit: 25, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
