import { isApiError, type AssetClass, type TransactionQuery, type User } from '@holdfast/sdk';
import { infiniteQueryOptions, QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from './api.ts';
import { mayBeSignedIn } from './session-cookies.ts';

/** What was read stays on screen; a refusal is not repeated, a failure is, twice. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && (!isApiError(error) || error.status === 0 || error.status >= 500),
    },
  },
});

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<User | null> => {
    if (!mayBeSignedIn()) return null;
    try {
      return await api.accounts.me(signal);
    } catch (error) {
      if (isApiError(error) && error.status === 401) return null;
      throw error;
    }
  },
});

/** What this server offers to whoever comes; it does not change while a page is open. */
export const offersQuery = queryOptions({
  queryKey: ['offers'],
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
  queryFn: ({ signal }) => api.accounts.offers(signal),
});

/** All lists of portfolios stand under this key. */
export const portfoliosKey = ['portfolios'] as const;

export const portfoliosQuery = queryOptions({
  queryKey: ['portfolios', 'open'],
  queryFn: async ({ signal }) => (await api.portfolios.list({}, signal)).items,
});

export const archivedPortfoliosQuery = queryOptions({
  queryKey: ['portfolios', 'archived'],
  queryFn: async ({ signal }) => (await api.portfolios.list({ archived: true }, signal)).items,
});

/** Everything about one portfolio stands under this key, so that one call can declare all of it old. */
export function portfolioKey(id: string): readonly string[] {
  return ['portfolio', id];
}

export function portfolioQuery(id: string) {
  return queryOptions({ queryKey: [...portfolioKey(id), 'self'], queryFn: ({ signal }) => api.portfolios.get(id, signal) });
}

export function summaryQuery(id: string) {
  return queryOptions({ queryKey: [...portfolioKey(id), 'summary'], queryFn: ({ signal }) => api.portfolios.summary(id, signal) });
}

export function positionsQuery(id: string) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'positions'],
    queryFn: async ({ signal }) => (await api.portfolios.positions(id, signal)).items,
  });
}

export function allocationQuery(id: string, by: string) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'allocation', by],
    queryFn: async ({ signal }) => (await api.portfolios.allocation(id, by, signal)).items,
  });
}

export function transactionsQuery(id: string, query: TransactionQuery) {
  return infiniteQueryOptions({
    queryKey: [...portfolioKey(id), 'transactions', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.portfolios.transactions(id, pageParam === undefined ? query : { ...query, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

/** A page of orders at a time, the newest first; further pages when they are asked for. */
export function ordersQuery(id: string, status: 'open' | 'final') {
  return infiniteQueryOptions({
    queryKey: [...portfolioKey(id), 'orders', status],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) =>
      api.orders.list(id, { status, limit: 200, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function qualityQuery(id: string) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'quality'],
    queryFn: async ({ signal }) => (await api.portfolios.qualityIssues(id, signal)).items,
  });
}

export function instrumentsQuery(search: string, assetClass?: AssetClass) {
  return queryOptions({
    queryKey: ['instruments', search, assetClass ?? 'all'],
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      (
        await api.market.listInstruments(
          { limit: 200, ...(search === '' ? {} : { search }), ...(assetClass === undefined ? {} : { assetClass }) },
          signal,
        )
      ).items,
  });
}

export function instrumentQuery(symbol: string) {
  return queryOptions({
    queryKey: ['instrument', symbol],
    staleTime: 5 * 60_000,
    queryFn: ({ signal }) => api.market.getInstrument(symbol, signal),
  });
}

export function statisticsQuery(symbol: string) {
  return queryOptions({
    queryKey: ['instrument', symbol, 'statistics'],
    staleTime: 60_000,
    queryFn: ({ signal }) => api.market.getStatistics(symbol, {}, signal),
  });
}

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async ({ signal }) => (await api.accounts.listSessions(signal)).items,
});

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ signal, pageParam }) => api.imports.list({ limit: 100, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
  getNextPageParam: (page) => page.nextCursor ?? undefined,
});

/** All lists of notifications stand under this key. */
export const notificationsKey = ['notifications'] as const;

export const unreadQuery = queryOptions({ queryKey: ['unread'], queryFn: ({ signal }) => api.notifications.unread(signal) });
