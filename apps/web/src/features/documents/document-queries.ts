import type { DocumentQuery } from '@holdfast/sdk';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

/** Everything about documents stands under this key. */
export const documentsKey = ['documents'] as const;

export const documentUsageQuery = queryOptions({
  queryKey: [...documentsKey, 'usage'],
  queryFn: ({ signal }) => api.documents.usage(signal),
});

export function documentListQuery(query: DocumentQuery) {
  return infiniteQueryOptions({
    queryKey: [...documentsKey, 'list', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ signal, pageParam }) => api.documents.list(pageParam === undefined ? query : { ...query, cursor: pageParam }, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}

export function documentQuery(id: string) {
  return queryOptions({ queryKey: [...documentsKey, 'one', id], queryFn: ({ signal }) => api.documents.get(id, signal) });
}

export function documentVersionsQuery(id: string) {
  return queryOptions({
    queryKey: [...documentsKey, 'versions', id],
    queryFn: async ({ signal }) => (await api.documents.versions(id, signal)).items,
  });
}
