import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

export function reportsKey(portfolioId: string | undefined): readonly string[] {
  return portfolioId === undefined ? ['reports'] : ['reports', portfolioId];
}

/** The reports of a portfolio, or of all of them; the newest first. */
export function reportsQuery(portfolioId: string | undefined) {
  return queryOptions({
    queryKey: reportsKey(portfolioId),
    queryFn: async ({ signal }) =>
      (await api.reports.list({ limit: 200, ...(portfolioId === undefined ? {} : { portfolioId }) }, signal)).items,
    // The stream tells of progress; asking is for moments without one.
    refetchInterval: ({ state }) =>
      state.data?.some((report) => report.status === 'queued' || report.status === 'running') === true ? 3000 : false,
  });
}
