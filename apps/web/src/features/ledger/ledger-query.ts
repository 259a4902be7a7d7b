import type { TransactionQuery } from '@holdfast/sdk';
import { infiniteQueryOptions, keepPreviousData } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { LedgerFilter } from './ledger-filter.ts';

/** As many as the server gives at once: 100,000 rows are 200 answers, fetched as they come into view. */
const PAGE = 500;

function read(filter: LedgerFilter, cursor: string | undefined, signal?: AbortSignal) {
  const { portfolio, ...rest } = filter;
  const known = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as TransactionQuery;
  const query: TransactionQuery = { ...known, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) };
  return portfolio === undefined ? api.portfolios.allTransactions(query, signal) : api.portfolios.transactions(portfolio, query, signal);
}

/** Transactions over all portfolios, or of one of them. */
export function ledgerQuery(filter: LedgerFilter) {
  return infiniteQueryOptions({
    queryKey: ['ledger', filter],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal, pageParam }) => read(filter, pageParam, signal),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
}
