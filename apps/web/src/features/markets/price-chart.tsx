import type { Bar, BarSeries, Instrument } from '@holdfast/sdk';
import { useEffect, useImperativeHandle, useRef, useState, type Ref, type RefObject } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useQuote } from '../../live/use-quote.ts';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { usePreferences } from '../../preferences/preferences-store.ts';
import type { ChartExtras } from './draw-extras.ts';
import { openPriceChart, type OpenChart } from './open-price-chart.ts';
import { useBarWords } from './use-bar-words.ts';
import './price-chart.css';

interface PriceChartProps {
  readonly series: BarSeries;
  readonly extras: ChartExtras;
  readonly ref?: Ref<PictureHandle>;
  readonly instrument: Instrument;
  readonly kind: 'line' | 'candles';
}

export interface PictureHandle {
  readonly picture: () => Promise<Blob | null>;
}

/** Price and volume. The figures of the point under the pointer stand in a strip above; arrow keys walk it as well. */
export function PriceChart({ series, extras, instrument, kind, ref }: PriceChartProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const place = useRef<HTMLDivElement>(null);
  const [point, setPoint] = useState<number | null>(null);
  const [walking, setWalking] = useState(false);
  const { summary, when, price } = useBarWords(series, instrument);
  const panes = new Set(extras.overlays.flatMap(({ pane }) => pane ?? [])).size;
  const chart = useOpenChart(place, { series, extras, instrument, kind, onPoint: setPoint });
  useImperativeHandle(ref, () => ({ picture: () => chart.current?.picture() ?? Promise.resolve(null) }), [chart]);
  const show = (index: number | null): void => {
    setWalking(index !== null);
    setPoint(index);
    chart.current?.mark(index);
  };
  const bar = point === null ? undefined : series.bars[point];
  const words = (known: Bar): string =>
    t('chart.bar', {
      when: when(known),
      open: price(known.open),
      high: price(known.high),
      low: price(known.low),
      close: price(known.close),
      volume: formatCount(known.volume, style, true),
    });
  return (
    <figure className="price-chart">
      <figcaption className="strip figure" aria-live={walking ? 'polite' : 'off'}>
        {bar === undefined ? null : words(bar)}
      </figcaption>
      <div
        className="plot"
        role="img"
        tabIndex={0}
        aria-label={`${summary} ${t('chart.walkHint')}`}
        onKeyDown={(event) => {
          const next = walkTo(event.key, point, series.bars.length - 1);
          if (next === null) return;
          event.preventDefault();
          show(next);
        }}
        onBlur={() => {
          show(null);
        }}
      >
        <div className={`place panes-${String(panes)}`} ref={place} aria-hidden="true" />
      </div>
      <p className="small faint credit">
        {t('chart.credit')}{' '}
        <a href="https://www.tradingview.com/lightweight-charts/" rel="noreferrer">
          TradingView Lightweight Charts
        </a>
      </p>
    </figure>
  );
}

function walkTo(key: string, point: number | null, last: number): number | null {
  const from = point ?? last;
  const moves: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    PageUp: from - 10,
    PageDown: from + 10,
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined ? null : Math.max(0, Math.min(last, to));
}

type ChartNeeds = Omit<PriceChartProps, 'ref'> & { readonly onPoint: (index: number | null) => void };

/** Opens the chart for what it shows, anew when that or a colour changes, and lets it follow the live price. */
function useOpenChart(place: RefObject<HTMLDivElement | null>, needs: ChartNeeds): RefObject<OpenChart | null> {
  const { series, extras, instrument, kind, onPoint } = needs;
  const { style } = useFigureStyle();
  const { theme, direction } = usePreferences();
  const chart = useRef<OpenChart | null>(null);
  const quote = useQuote(instrument.symbol);
  useEffect(() => {
    if (place.current === null) return undefined;
    const opened = openPriceChart(place.current, {
      series,
      extras,
      kind,
      tickSize: instrument.tickSize,
      locale: style.locale,
      onPoint,
    });
    chart.current = opened;
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', opened.recolour);
    return () => {
      scheme.removeEventListener('change', opened.recolour);
      chart.current = null;
      opened.close();
    };
  }, [place, series, extras, kind, instrument.tickSize, style.locale, theme, direction, onPoint]);
  useEffect(() => {
    if (quote !== undefined) chart.current?.follow(quote.last, quote.at);
  }, [quote, series, extras, kind, theme, direction]);
  return chart;
}
