import type { BarSeries } from '@holdfast/sdk';
import {
  createSeriesMarkers,
  LineSeries,
  LineStyle,
  type IChartApi,
  type ISeriesApi,
  type SeriesMarker,
  type Time,
} from 'lightweight-charts';
import { barTime } from './bar-time.ts';
import type { Overlay, TradeMark } from './chart-extras.ts';

/** What lies over the price, in the order it was asked for. */
export interface ChartExtras {
  readonly overlays: readonly Overlay[];
  readonly compared: readonly BarSeries[];
  readonly marks: readonly TradeMark[];
  readonly logarithmic: boolean;
}

const STYLES = [LineStyle.Solid, LineStyle.Dashed, LineStyle.Dotted] as const;

/** Indicators over the price or in panes below the volume; lines of one indicator differ by dash. */
export function drawOverlays(chart: IChartApi, series: BarSeries, { overlays }: ChartExtras): void {
  const panes = [...new Set(overlays.flatMap(({ pane }) => pane ?? []))];
  for (const overlay of overlays) {
    const index = overlay.pane === null ? 0 : panes.indexOf(overlay.pane) + 2;
    const nth = overlays.filter((other) => other.colour === overlay.colour).indexOf(overlay);
    const line = chart.addSeries(
      LineSeries,
      {
        color: colour(`category-${String(overlay.colour)}`),
        lineWidth: 1,
        lineStyle: STYLES[nth % STYLES.length] ?? LineStyle.Solid,
        priceLineVisible: false,
        lastValueVisible: overlay.pane !== null,
        crosshairMarkerVisible: false,
        title: overlay.pane === null ? '' : overlay.label,
      },
      index,
    );
    line.setData(
      overlay.values.flatMap((value, at) => {
        const instant = overlay.at[at];
        return value === null || instant === undefined ? [] : [{ time: barTime(instant, series.interval), value }];
      }),
    );
    if (overlay.pane !== null) chart.panes()[index]?.setStretchFactor(0.3);
  }
}

/** Other instruments beside this one: the scale counts in percent from the first bar then. */
export function drawCompared(chart: IChartApi, { compared }: ChartExtras): void {
  compared.forEach((other, index) => {
    const line = chart.addSeries(LineSeries, {
      color: colour(`category-${String((index % 6) + 1)}`),
      lineWidth: 2,
      lineStyle: STYLES[index % STYLES.length] ?? LineStyle.Solid,
      priceLineVisible: false,
      title: other.symbol,
    });
    line.setData(other.bars.map((bar) => ({ time: barTime(bar.at, other.interval), value: Number(bar.close) })));
  });
}

/** Purchases below their bar, sales above it, dividends and splits between: shape and place say it without colour. */
export function drawMarks(price: ISeriesApi<'Candlestick'> | ISeriesApi<'Baseline'>, series: BarSeries, { marks }: ChartExtras): void {
  const looks = {
    buy: { position: 'belowBar', shape: 'arrowUp', color: colour('ink') },
    sell: { position: 'aboveBar', shape: 'arrowDown', color: colour('ink') },
    dividend: { position: 'aboveBar', shape: 'circle', color: colour('accent') },
    split: { position: 'aboveBar', shape: 'square', color: colour('accent') },
  } as const;
  const markers = marks.map((mark): SeriesMarker<Time> => ({ time: barTime(mark.at, series.interval), id: mark.id, ...looks[mark.kind] }));
  createSeriesMarkers(price as ISeriesApi<'Candlestick'>, markers);
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
