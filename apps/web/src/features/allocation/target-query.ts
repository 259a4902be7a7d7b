import type { AllocationBy, RebalancingQuery } from '@holdfast/sdk';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import { portfolioKey } from '../../api/queries.ts';

/** Under the allocation's key: what changes a value changes its drift. */
export function targetsQuery(id: string, by: AllocationBy) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'allocation', by, 'targets'],
    queryFn: ({ signal }) => api.portfolios.allocationTargets(id, by, signal),
  });
}

/** A proposal at the prices of now: never kept for long, and the old one stays until the new one is here. */
export function rebalancingQuery(id: string, query: RebalancingQuery) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'allocation', query.by ?? 'symbol', 'rebalancing', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.portfolios.rebalancing(id, query, signal),
  });
}
