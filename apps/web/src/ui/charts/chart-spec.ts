/** What a chart shows, whoever draws it: the canvas, the table and the file say the same. */
export type ChartLook = 'value' | 'invested' | 'benchmark' | 'fall' | 'bar' | 'direction';

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** One per label; null is a gap. */
  readonly values: readonly (number | null)[];
  readonly look: ChartLook;
}

export interface ChartSpec {
  readonly kind: 'line' | 'bar';
  /** Days, months or names, as they stand in a file. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** A value in words, for the strip above the chart and for the table. */
  readonly format: (value: number) => string;
  /** A value beside the axis, short. */
  readonly axis: (value: number) => string;
  readonly formatLabel: (label: string) => string;
  /** Amounts leave files, too, while they are hidden. */
  readonly hidden?: boolean;
}

/** The label nearest to an arrow key's wish; undefined where the key means nothing here. */
export function walkChart(key: string, from: number | null, count: number): number | null | undefined {
  if (key === 'Escape') return null;
  const last = count - 1;
  const at = from ?? last;
  const moves: Record<string, number> = {
    ArrowLeft: from === null ? last : at - 1,
    ArrowRight: from === null ? last : at + 1,
    PageUp: at - 10,
    PageDown: at + 10,
    Home: 0,
    End: last,
  };
  const to = moves[key];
  return to === undefined ? undefined : Math.max(0, Math.min(last, to));
}
