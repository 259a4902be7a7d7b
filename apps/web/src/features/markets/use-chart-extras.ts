import type { BarSeries, Instrument } from '@holdfast/sdk';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { overlaysOf, tradeMarks, type IndicatorName } from './chart-extras.ts';
import type { BarRequest } from './chart-range.ts';
import type { ChartExtras } from './draw-extras.ts';

export interface ChartWishes {
  readonly indicators: readonly IndicatorName[];
  readonly compared: readonly string[];
  readonly logarithmic: boolean;
}

const NONE: readonly never[] = [];

/** Fetches what was laid over the price; what is not here yet is simply not drawn. */
export function useChartExtras(instrument: Instrument, request: BarRequest, wishes: ChartWishes) {
  const { t } = useTranslation();
  const { symbol } = instrument;
  const { indicators, compared, logarithmic } = wishes;
  const lines = useQuery({
    queryKey: ['indicators', symbol, request, indicators.join()],
    enabled: indicators.length > 0,
    staleTime: 60_000,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.market.getIndicators(symbol, { ...request, names: indicators.join() }, signal),
  });
  const others = useQueries({
    queries: compared.map((other) => ({
      queryKey: ['bars', other, request],
      staleTime: 60_000,
      queryFn: ({ signal }: { readonly signal: AbortSignal }) => api.market.listBars(other, request, signal),
    })),
    combine: (results) => results.flatMap((result) => result.data ?? []),
  });
  const { data: trades = NONE } = useQuery(ownTradesQuery(symbol));
  const shown = indicators.length === 0 ? undefined : lines.data;
  const overlays = useMemo(
    () => overlaysOf(shown, (name, line) => (line === 'value' ? t(`chart.indicators.${known(name)}`) : `${name} ${line}`)),
    [shown, t],
  );
  const extrasOf = useMemo(() => {
    let last: { readonly series: BarSeries; readonly extras: ChartExtras } | null = null;
    return (series: BarSeries): ChartExtras => {
      if (last?.series === series) return last.extras;
      last = { series, extras: { overlays, compared: others, marks: tradeMarks(series, trades), logarithmic } };
      return last.extras;
    };
  }, [overlays, others, trades, logarithmic]);
  return { extrasOf, overlays, error: indicators.length === 0 ? null : lines.error, trades };
}

function known(name: string): IndicatorName {
  return name as IndicatorName;
}

/** The reader's own transactions of an instrument, over all portfolios. */
export function ownTradesQuery(symbol: string) {
  return {
    queryKey: ['own-trades', symbol],
    staleTime: 30_000,
    queryFn: async ({ signal }: { readonly signal: AbortSignal }) =>
      (await api.portfolios.allTransactions({ symbol, limit: 500 }, signal)).items,
  };
}
