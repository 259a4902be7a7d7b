import type { Portfolio } from '@holdfast/sdk';
import { useQueries } from '@tanstack/react-query';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { LineChart } from '../../ui/charts/line-chart.tsx';
import { formatDay } from '../../ui/figures/format-age.ts';
import { formatMoney } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { joinLines, type Point, type Rates } from './add-up.ts';

interface TotalLineProps {
  readonly portfolios: readonly Portfolio[];
  readonly currency: string;
  readonly rates: Rates | null;
  /** The first day; undefined for all there is. */
  readonly from: string | undefined;
  readonly interval: 'day' | 'week';
}

const HEIGHT = 220;

/** Value and money put in of all that is looked at, drawn at once and without a chart library. */
export function TotalLine({ portfolios, currency, rates, from, interval }: TotalLineProps) {
  const { t } = useTranslation();
  const lines = useQueries({
    queries: portfolios.map((portfolio) => performanceOfQuery(portfolio.id, { ...(from === undefined ? {} : { from }), interval })),
  });
  const found = lines.flatMap((line) => line.data ?? []);
  const failed = lines.find((line) => line.error !== null && line.data === undefined);
  if (failed !== undefined) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (rates === null || found.length < portfolios.length) return <LoadingState height={HEIGHT + 24} />;
  const points = joinLines(found, rates);
  if (points.length < 2) return <p className="muted">{t('chart.tooShort')}</p>;
  return <Line points={points} currency={currency} />;
}

function Line({ points, currency }: { readonly points: readonly Point[]; readonly currency: string }) {
  const { t } = useTranslation();
  const { style, hidden } = useFigureStyle();
  const money = (value: number | undefined): string =>
    hidden || value === undefined ? '•••' : formatMoney(String(value), style, { currency, unit: 'symbol' });
  const first = points[0];
  const last = points.at(-1);
  const from = formatDay(first?.day ?? '', style);
  const to = formatDay(last?.day ?? '', style);
  return (
    <>
      <LineChart
        summary={
          hidden
            ? t('chart.summaryHidden', { from, to })
            : t('chart.summary', { from, to, start: money(first?.value), end: money(last?.value) })
        }
        height={HEIGHT}
        lines={[
          { id: 'invested', look: 'invested', values: points.map((point) => point.invested) },
          { id: 'value', look: 'value', values: points.map((point) => point.value) },
        ]}
        axis={(value) => (hidden ? '•••' : formatMoney(String(value), style, { currency, unit: 'symbol', compact: true }))}
        idle={`${from} – ${to}`}
        describe={(index) => {
          const point = points[index];
          return point === undefined
            ? null
            : t('chart.point', { day: formatDay(point.day, style), value: money(point.value), invested: money(point.invested) });
        }}
      />
      <span className="row tight small muted">
        <span className="line-sample value" aria-hidden="true" /> {t('chart.valueLegend')}
        <span className="line-sample invested" aria-hidden="true" /> {t('chart.investedLegend')}
      </span>
    </>
  );
}
