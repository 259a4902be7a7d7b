import type { Bar, BarSeries, Instrument } from '@holdfast/sdk';
import { useTranslation } from '../../i18n/use-translation.ts';
import { formatDateTime } from '../../ui/figures/format-age.ts';
import { formatPercent, formatPrice } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { summarizeBars } from './bar-summary.ts';
import { isIntraday } from './chart-range.ts';

/** Words for a series of bars and for one of them: the same for the chart, its table and screen readers. */
export function useBarWords(
  series: BarSeries,
  instrument: Instrument,
): { readonly summary: string; readonly when: (bar: Bar) => string; readonly price: (value: string) => string } {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const price = (value: string): string => formatPrice(value, style, { tickSize: instrument.tickSize });
  const day = new Intl.DateTimeFormat(style.locale, { dateStyle: 'medium' });
  const when = (bar: Bar): string =>
    isIntraday(series.interval) ? formatDateTime(Date.parse(bar.at), style) : day.format(Date.parse(bar.at));
  const found = summarizeBars(series.bars);
  const summary =
    found === null
      ? ''
      : t('chart.priceSummary', {
          symbol: instrument.symbol,
          from: when(found.first),
          to: when(found.last),
          start: price(found.first.close),
          end: price(found.last.close),
          change: formatPercent(found.changePercent, style, { signed: true }),
          low: price(found.lowest.low),
          lowAt: when(found.lowest),
          high: price(found.highest.high),
          highAt: when(found.highest),
        });
  return { summary, when, price };
}
