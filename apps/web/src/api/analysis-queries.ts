import type { IncomeQuery, PerformanceQuery, RealizedGainsQuery, RiskQuery } from '@holdfast/sdk';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from './api.ts';
import { instrumentsQuery, portfolioKey } from './queries.ts';

const MINUTE = 60_000;

/** Keeps what is shown while another range or year is on its way. */
export function performanceOfQuery(id: string, query: PerformanceQuery) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'performance', query],
    staleTime: MINUTE,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.portfolios.performance(id, query, signal),
  });
}

export function riskQuery(id: string, query: RiskQuery) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'risk', query],
    staleTime: MINUTE,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.portfolios.risk(id, query, signal),
  });
}

export function incomeQuery(id: string, query: IncomeQuery) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'income', query],
    staleTime: MINUTE,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.portfolios.income(id, query, signal),
  });
}

export function realizedGainsQuery(id: string, query: RealizedGainsQuery) {
  return queryOptions({
    queryKey: [...portfolioKey(id), 'gains', query],
    staleTime: MINUTE,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.portfolios.realizedGains(id, query, signal),
  });
}

/** What a portfolio can be held against: the indices this server knows. */
export const benchmarksQuery = instrumentsQuery('', 'index');
