import type { Bar, BarSeries } from '@holdfast/sdk';
import {
  BaselineSeries,
  CandlestickSeries,
  createChart,
  HistogramSeries,
  LineStyle,
  PriceScaleMode,
  type IChartApi,
  type ISeriesApi,
} from 'lightweight-charts';
import { formatCount, formatPercent, formatPrice, plainNumber, priceDigits } from '../../ui/figures/format-figure.ts';
import { barTime } from './bar-time.ts';
import { isIntraday } from './chart-range.ts';
import { drawCompared, drawMarks, drawOverlays, type ChartExtras } from './draw-extras.ts';

export interface OpenChart {
  /** Moves the last bar with the live price. */
  readonly follow: (price: string, at: string) => void;
  /** Puts the crosshair on a bar, or takes it away. */
  readonly mark: (index: number | null) => void;
  readonly recolour: () => void;
  /** The picture as it stands, on the colour of the card. */
  readonly picture: () => Promise<Blob | null>;
  readonly close: () => void;
}

interface ChartWish {
  readonly series: BarSeries;
  readonly kind: 'line' | 'candles';
  readonly tickSize: string | null;
  readonly locale: string;
  readonly extras: ChartExtras;
  readonly onPoint: (index: number | null) => void;
}

type PriceSeries = ISeriesApi<'Candlestick'> | ISeriesApi<'Baseline'>;

/** Colours come from the style sheet, so that theme and direction palette hold here too. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A chart in `place`: hollow candles for up and solid ones for down, or a line above and below the period's first close. */
export function openPriceChart(place: HTMLElement, wish: ChartWish): OpenChart {
  const { series, kind, locale } = wish;
  const chart = createChart(place, { autoSize: true, localization: writing(locale), ...frameOptions(series) });
  const price = addPrice(chart, wish);
  const volume = addVolume(chart, wish);
  drawOverlays(chart, series, wish.extras);
  drawCompared(chart, wish.extras);
  drawMarks(price, series, wish.extras);
  chart.priceScale('right').applyOptions({ mode: scaleMode(wish.extras) });
  const times = series.bars.map((bar) => barTime(bar.at, series.interval));
  const paint = (): void => {
    chart.applyOptions(frameOptions(series));
    if (kind === 'candles') (price as ISeriesApi<'Candlestick'>).applyOptions(candleColours());
    else (price as ISeriesApi<'Baseline'>).applyOptions(lineColours());
  };
  paint();
  chart.timeScale().fitContent();
  chart.subscribeCrosshairMove((event) => {
    const index = event.time === undefined ? -1 : times.indexOf(event.time);
    wish.onPoint(index === -1 ? null : index);
  });
  let growing = series.bars.at(-1);
  return {
    follow: (last, at) => {
      if (growing === undefined || Date.parse(at) < Date.parse(growing.at)) return;
      growing = grown(growing, last);
      const time = barTime(growing.at, series.interval);
      if (kind === 'candles') (price as ISeriesApi<'Candlestick'>).update({ time, ...candle(growing) });
      else (price as ISeriesApi<'Baseline'>).update({ time, value: Number(growing.close) });
    },
    mark: (index) => {
      const bar = index === null ? undefined : series.bars[index];
      const time = index === null ? undefined : times[index];
      if (bar === undefined || time === undefined) chart.clearCrosshairPosition();
      else chart.setCrosshairPosition(Number(bar.close), time, price);
    },
    recolour: () => {
      paint();
      volume.setData(volumeRows(series));
    },
    picture: () => pictureOf(chart),
    close: () => {
      chart.remove();
    },
  };
}

/** Figures on the axes and at the crosshair as the reader's language writes them, like all others of the page. */
function writing(locale: string) {
  return { locale, percentageFormatter: (value: number) => formatPercent(plainNumber(value), { locale }, { signed: true }) };
}

function written(format: (value: number) => string, minMove: number) {
  return { type: 'custom' as const, minMove, formatter: format, tickmarksFormatter: (values: readonly number[]) => values.map(format) };
}

function scaleMode({ compared, logarithmic }: ChartExtras): PriceScaleMode {
  if (compared.length > 0) return PriceScaleMode.Percentage;
  return logarithmic ? PriceScaleMode.Logarithmic : PriceScaleMode.Normal;
}

function pictureOf(chart: IChartApi): Promise<Blob | null> {
  const drawn = chart.takeScreenshot();
  const copy = document.createElement('canvas');
  copy.width = drawn.width;
  copy.height = drawn.height;
  const paper = copy.getContext('2d');
  if (paper === null) return Promise.resolve(null);
  paper.fillStyle = colour('surface');
  paper.fillRect(0, 0, copy.width, copy.height);
  paper.drawImage(drawn, 0, 0);
  return new Promise((resolve) => {
    copy.toBlob(resolve, 'image/png');
  });
}

function frameOptions(series: BarSeries) {
  const line = colour('line');
  const text = colour('ink-2');
  return {
    layout: {
      background: { color: 'transparent' },
      textColor: text,
      fontFamily: getComputedStyle(document.documentElement).fontFamily,
      fontSize: 12,
      attributionLogo: false,
      panes: { separatorColor: line, separatorHoverColor: line },
    },
    grid: { vertLines: { visible: false }, horzLines: { color: line } },
    rightPriceScale: { borderVisible: false },
    timeScale: { borderVisible: false, timeVisible: isIntraday(series.interval), secondsVisible: false, rightOffset: 1 },
    crosshair: {
      vertLine: { color: text, labelBackgroundColor: colour('ink-2') },
      horzLine: { color: text, labelBackgroundColor: colour('ink-2') },
    },
    handleScroll: { mouseWheel: false, pressedMouseMove: true, horzTouchDrag: true, vertTouchDrag: false },
    handleScale: { mouseWheel: false, pinch: true, axisPressedMouseMove: true },
  };
}

function addPrice(chart: IChartApi, { series, kind, tickSize, locale }: ChartWish): PriceSeries {
  const digits = priceDigits(series.bars.at(-1)?.close ?? '0', tickSize);
  const priceFormat = written((value) => formatPrice(plainNumber(value), { locale }, { digits }), 10 ** -digits);
  const first = Number(series.bars[0]?.close ?? 0);
  if (kind === 'candles') {
    const added = chart.addSeries(CandlestickSeries, { priceFormat, borderVisible: true, ...candleColours() });
    added.setData(series.bars.map((bar) => ({ time: barTime(bar.at, series.interval), ...candle(bar) })));
    return added;
  }
  const added = chart.addSeries(BaselineSeries, {
    priceFormat,
    baseValue: { type: 'price', price: first },
    lineWidth: 2,
    ...lineColours(),
  });
  added.setData(series.bars.map((bar) => ({ time: barTime(bar.at, series.interval), value: Number(bar.close) })));
  added.createPriceLine({
    price: first,
    color: colour('ink-3'),
    lineWidth: 1,
    lineStyle: LineStyle.Dashed,
    axisLabelVisible: true,
    title: '',
  });
  return added;
}

function addVolume(chart: IChartApi, { series, locale }: ChartWish): ISeriesApi<'Histogram'> {
  const priceFormat = written((value) => formatCount(plainNumber(value), { locale }, true), 1);
  const added = chart.addSeries(HistogramSeries, { priceFormat, priceLineVisible: false, lastValueVisible: false }, 1);
  added.setData(volumeRows(series));
  chart.panes()[1]?.setStretchFactor(0.25);
  return added;
}

function volumeRows(series: BarSeries) {
  return series.bars.map((bar) => {
    const rose = Number(bar.close) >= Number(bar.open);
    return { time: barTime(bar.at, series.interval), value: Number(bar.volume), color: `${colour(rose ? 'up-fill' : 'down-fill')}66` };
  });
}

function candleColours() {
  const up = colour('up-fill');
  const down = colour('down-fill');
  return { upColor: colour('surface'), borderUpColor: up, wickUpColor: up, downColor: down, borderDownColor: down, wickDownColor: down };
}

function lineColours() {
  const clear = 'transparent';
  return {
    topLineColor: colour('up-fill'),
    topFillColor1: clear,
    topFillColor2: clear,
    bottomLineColor: colour('down-fill'),
    bottomFillColor1: clear,
    bottomFillColor2: clear,
  };
}

/** A picture needs no exact money: pixels, not postings. */
function candle(bar: Bar): { open: number; high: number; low: number; close: number } {
  return { open: Number(bar.open), high: Number(bar.high), low: Number(bar.low), close: Number(bar.close) };
}

function grown(bar: Bar, last: string): Bar {
  const value = Number(last);
  return { ...bar, close: last, high: value > Number(bar.high) ? last : bar.high, low: value < Number(bar.low) ? last : bar.low };
}
