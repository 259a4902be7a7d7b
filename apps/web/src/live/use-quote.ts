import type { QuoteEvent } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { api } from '../api/api.ts';
import { createQuoteStore } from './quote-store.ts';
import { stream } from './stream.ts';

const store = createQuoteStore(stream);
const MOST_AT_ONCE = 200;

/** The live quote of a symbol; undefined until the first one arrived. */
export function useQuote(symbol: string | null): QuoteEvent | undefined {
  const subscribe = useCallback((listener: () => void) => (symbol === null ? () => undefined : store.watch(symbol, listener)), [symbol]);
  return useSyncExternalStore(subscribe, () => (symbol === null ? undefined : store.get(symbol)));
}

/** The quote as it stands, for sorting a whole list without listening to each row. */
export function quoteNow(symbol: string): QuoteEvent | undefined {
  return store.get(symbol);
}

/** Reads the quotes of a list once over HTTP, so that rows have figures before they tick. Answers whether they came. */
export function useQuoteSeed(symbols: readonly string[]): { readonly ready: boolean } {
  const wanted = symbols.slice(0, MOST_AT_ONCE);
  const query = useQuery({
    queryKey: ['quotes', ...wanted],
    enabled: wanted.length > 0,
    staleTime: 30_000,
    queryFn: async ({ signal }) => (await api.market.listQuotes(wanted, signal)).items,
  });
  const { data } = query;
  useEffect(() => {
    if (data !== undefined) store.seed(data);
  }, [data]);
  return { ready: data !== undefined };
}
