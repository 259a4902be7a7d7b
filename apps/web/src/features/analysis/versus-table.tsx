import type { Performance, Portfolio } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQueries } from '@tanstack/react-query';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { PaperBadge } from '../../ui/badge.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { BenchmarkChoice } from './benchmark-choice.tsx';

interface VersusTableProps {
  readonly portfolios: readonly Portfolio[];
  readonly benchmark: string | undefined;
  readonly from: string | undefined;
  readonly onBenchmark: (symbol: string | undefined) => void;
}

interface Row {
  readonly portfolio: Portfolio;
  readonly performance: Performance;
}

/** Each portfolio's time-weighted return beside a benchmark's over the same days. */
export function VersusTable({ portfolios, benchmark, from, onBenchmark }: VersusTableProps) {
  const { t } = useTranslation();
  const queries = useQueries({
    queries: portfolios.map((portfolio) =>
      performanceOfQuery(portfolio.id, {
        interval: 'month',
        ...(from === undefined ? {} : { from }),
        ...(benchmark === undefined ? {} : { benchmark }),
      }),
    ),
  });
  const rows = portfolios.flatMap((portfolio, index): Row[] => {
    const performance = queries[index]?.data;
    return performance === undefined || performance.timeWeighted === null ? [] : [{ portfolio, performance }];
  });
  const failed = queries.find((query) => query.error !== null && query.data === undefined);
  return (
    <section className="card flush" aria-labelledby="versus">
      <div className="card-head">
        <h2 id="versus">{t('analysis.performance')}</h2>
        <BenchmarkChoice value={benchmark} onChange={onBenchmark} />
      </div>
      {failed !== undefined ? (
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : queries.some((query) => query.isPending) ? (
        <LoadingState height={120} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('analysis.tooShort')}>{t('chart.tooShort')}</EmptyState>
      ) : (
        <DataTable caption={t('analysis.performance')} rows={rows} rowKey={(row) => row.portfolio.id} columns={columnsOf(t)} />
      )}
    </section>
  );
}

function columnsOf(t: Translate): Column<Row>[] {
  const percent = (value: number | null | undefined): number | null => (value === null || value === undefined ? null : value * 100);
  return [
    {
      id: 'name',
      header: t('nav.portfolio'),
      cell: ({ portfolio }) => (
        <span className="row tight">
          <Link to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'performance' }}>
            {portfolio.name}
          </Link>
          {portfolio.kind === 'paper' && <PaperBadge />}
        </span>
      ),
    },
    {
      id: 'return',
      header: t('analysis.returns.timeWeighted'),
      method: t('method.returns.timeWeighted'),
      end: true,
      cell: ({ performance }) => <Change percent={percent(performance.timeWeighted)} />,
    },
    {
      id: 'benchmark',
      header: t('analysis.lines.benchmarkReturn'),
      method: t('method.returns.benchmark'),
      end: true,
      wideOnly: true,
      cell: ({ performance }) => <Change percent={percent(performance.benchmark?.return)} reason={t('analysis.noBenchmark')} />,
    },
    {
      id: 'difference',
      header: t('analysis.difference'),
      method: t('method.returns.difference'),
      end: true,
      cell: ({ performance }) => {
        const other = performance.benchmark?.return ?? null;
        const own = performance.timeWeighted;
        return <Change percent={own === null || other === null ? null : (own - other) * 100} reason={t('analysis.noBenchmark')} />;
      },
    },
  ];
}
