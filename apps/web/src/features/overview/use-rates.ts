import type { Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/api.ts';
import type { Rates } from './add-up.ts';

/** The latest rates of the portfolios' currencies for one unit of `base`. One currency needs none. */
export function useRates(portfolios: readonly Portfolio[], base: string): { readonly rates: Rates | null; readonly error: unknown } {
  const others = [...new Set(portfolios.map((portfolio) => portfolio.baseCurrency))].filter((currency) => currency !== base).toSorted();
  const query = useQuery({
    queryKey: ['exchange-rates', base, ...others],
    enabled: others.length > 0,
    staleTime: 10 * 60_000,
    queryFn: ({ signal }) => api.market.listExchangeRates({ base, currencies: others.join(',') }, signal),
  });
  if (others.length === 0) return { rates: { [base]: '1' }, error: null };
  const newest = query.data?.days.at(-1)?.rates;
  return { rates: newest === undefined ? null : { ...newest, [base]: '1' }, error: query.error };
}
