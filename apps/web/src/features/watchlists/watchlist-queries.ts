import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

/** Everything about watchlists stands under this key. */
export const watchlistsKey = ['watchlists'] as const;

export const watchlistsQuery = queryOptions({
  queryKey: [...watchlistsKey, 'all'],
  queryFn: async ({ signal }) => (await api.watchlists.list(signal)).items,
});

export function watchlistQuery(id: string) {
  return queryOptions({ queryKey: [...watchlistsKey, 'one', id], queryFn: ({ signal }) => api.watchlists.get(id, signal) });
}

export const plansQuery = queryOptions({
  queryKey: ['plans'],
  staleTime: 3_600_000,
  queryFn: async ({ signal }) => (await api.watchlists.plans(signal)).items,
});
