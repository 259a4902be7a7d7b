import type { Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { portfoliosQuery } from '../api/queries.ts';

/** The paper portfolios, and the one orders go to: the wanted one, else the first. */
export function usePaperPortfolio(wanted: string | undefined): {
  readonly all: readonly Portfolio[];
  readonly chosen: Portfolio | null;
  readonly ready: boolean;
} {
  const { data } = useQuery(portfoliosQuery);
  const all = data?.filter((portfolio) => portfolio.kind === 'paper') ?? [];
  return { all, chosen: all.find((portfolio) => portfolio.id === wanted) ?? all[0] ?? null, ready: data !== undefined };
}
