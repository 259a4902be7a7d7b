import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

export function statementKey(id: string): readonly string[] {
  return ['statement', id];
}

/** A file as it stands now: what was recorded since makes rows duplicates. */
export function statementQuery(id: string) {
  return queryOptions({ queryKey: statementKey(id), staleTime: 60_000, queryFn: ({ signal }) => api.statements.get(id, signal) });
}
