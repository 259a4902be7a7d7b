import type { Performance } from '@holdfast/sdk';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { ChartFrame } from '../../ui/charts/chart-frame.tsx';
import type { ChartSpec } from '../../ui/charts/chart-spec.ts';
import { formatDay } from '../../ui/figures/format-age.ts';
import { formatMoney, formatPercent } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState } from '../../ui/states.tsx';
import { seriesOf, type Measure } from './performance-spec.ts';

interface PerformanceChartProps {
  readonly name: string;
  readonly performance: Performance;
  readonly measure: Measure;
  readonly height?: 'low' | 'normal';
  readonly children?: ReactNode;
}

/** One measure of a portfolio over time. */
export function PerformanceChart({ name, performance, measure, height = 'normal', children }: PerformanceChartProps) {
  const { t } = useTranslation();
  const spec = usePerformanceSpec(performance, measure);
  const { style } = useFigureStyle();
  const known = spec.series[0]?.values.filter((value) => value !== null) ?? [];
  if (known.length < 2) {
    return <EmptyState title={t('analysis.tooShort')}>{t(measure === 'rolling' ? 'analysis.rollingShort' : 'chart.tooShort')}</EmptyState>;
  }
  const from = formatDay(performance.series[0]?.day ?? '', style);
  const to = formatDay(performance.series.at(-1)?.day ?? '', style);
  const figure = (value: number | undefined): string => (value === undefined ? '' : spec.format(value));
  const summary =
    spec.hidden === true
      ? t('chart.summaryHidden', { from, to })
      : t('analysis.summary', {
          what: t(`analysis.measures.${measure}`),
          from,
          to,
          start: figure(known[0]),
          end: figure(known.at(-1)),
          low: figure(Math.min(...known)),
          high: figure(Math.max(...known)),
        });
  return (
    <ChartFrame
      name={`${name} ${t(`analysis.measures.${measure}`)}`}
      spec={spec}
      summary={summary}
      idle={`${from} – ${to}`}
      height={height}
    >
      {children}
    </ChartFrame>
  );
}

const HIDDEN = '•••';
/** Below it, whole percents would name two lines of the grid alike. */
const FEW_PERCENT = 8;

function spanOf(series: ChartSpec['series']): number {
  const known = series.flatMap(({ values }) => values.filter((value) => value !== null));
  return Math.max(...known) - Math.min(...known);
}

function usePerformanceSpec(performance: Performance, measure: Measure): ChartSpec {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  return useMemo(() => {
    const money = measure === 'value';
    const { currency, benchmark } = performance;
    const amount = (value: number, compact: boolean): string =>
      hidden ? HIDDEN : formatMoney(String(value), style, { currency, unit: 'symbol', compact });
    const series = seriesOf(performance, measure, (line) =>
      benchmark !== null && line.startsWith('benchmark') ? benchmark.name : t(`analysis.lines.${line}`),
    );
    const digits = spanOf(series) < FEW_PERCENT ? 1 : 0;
    const percent = (value: number): string => formatPercent(value, style, { signed: true });
    return {
      kind: 'line',
      labels: performance.series.map((point) => point.day),
      series,
      format: money ? (value) => amount(value, false) : percent,
      axis: money ? (value) => amount(value, true) : (value) => formatPercent(value, style, { digits }),
      formatLabel: (day) => formatDay(day, style),
      hidden: money && hidden,
    };
  }, [performance, measure, t, style, hidden]);
}
