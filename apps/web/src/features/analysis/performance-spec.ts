import type { Performance } from '@holdfast/sdk';
import type { ChartSeries } from '../../ui/charts/chart-spec.ts';

export const MEASURES = ['value', 'return', 'drawdown', 'rolling'] as const;
export type Measure = (typeof MEASURES)[number];

export type SeriesName = 'value' | 'invested' | 'benchmarkValue' | 'return' | 'benchmarkReturn' | 'drawdown' | 'rolling';

const PERCENT = 100;

/** The lines of a measure. Returns are shown in percent, a drawdown goes down from zero. */
export function seriesOf(performance: Performance, measure: Measure, name: (series: SeriesName) => string): ChartSeries[] {
  const { series, benchmark } = performance;
  const line = (id: SeriesName, look: ChartSeries['look'], values: readonly (number | null)[]): ChartSeries => ({
    id,
    label: name(id),
    look,
    values,
  });
  if (measure === 'value') {
    return [
      line(
        'value',
        'value',
        series.map((point) => point.value),
      ),
      line(
        'invested',
        'invested',
        series.map((point) => point.invested),
      ),
      ...(benchmark === null
        ? []
        : [
            line(
              'benchmarkValue',
              'benchmark',
              series.map((point) => point.benchmarkValue ?? null),
            ),
          ]),
    ];
  }
  if (measure === 'return') {
    const own = line(
      'return',
      'value',
      series.map((point) => point.cumulativeReturn * PERCENT),
    );
    if (benchmark === null) return [own];
    const other = series.map((point) => (point.benchmarkReturn === undefined ? null : point.benchmarkReturn * PERCENT));
    return [own, line('benchmarkReturn', 'benchmark', other)];
  }
  if (measure === 'drawdown') {
    return [
      line(
        'drawdown',
        'fall',
        series.map((point) => (point.drawdown === 0 ? 0 : -point.drawdown * PERCENT)),
      ),
    ];
  }
  return [
    line(
      'rolling',
      'value',
      series.map((point) => (point.rollingReturn === null ? null : point.rollingReturn * PERCENT)),
    ),
  ];
}
