import { useQuery } from '@tanstack/react-query';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import { summaryQuery } from '../../api/queries.ts';
import { BenchmarkChoice } from '../../features/analysis/benchmark-choice.tsx';
import { PerformanceChart } from '../../features/analysis/performance-chart.tsx';
import { PeriodChoice } from '../../features/analysis/period-choice.tsx';
import { boundsOfPeriod, intervalOf, readPeriod } from '../../features/analysis/period.ts';
import { ReturnsList } from '../../features/analysis/returns-list.tsx';
import { AllocationCard } from '../../features/portfolios/allocation-card.tsx';
import { PortfolioHero } from '../../features/portfolios/portfolio-hero.tsx';
import { SummaryFacts } from '../../features/portfolios/summary-facts.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Loaded } from '../../ui/states.tsx';
import { periodSearch, useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

const MEASURES = ['value', 'return', 'drawdown'] as const;

/** The portfolio at a glance: value, its line beside what was put in or a benchmark, returns, allocation, result, positions. */
export function OverviewView({ portfolio, children }: ViewProps) {
  const { t } = useTranslation();
  const summary = useQuery(summaryQuery(portfolio.id));
  return (
    <div className="columns">
      <section className="card wide" aria-labelledby="value">
        <h2 className="sr-only" id="value">
          {t('summary.totalValue')}
        </h2>
        <Loaded query={summary} height={96}>
          {(found) => <PortfolioHero portfolio={portfolio} summary={found} />}
        </Loaded>
        <Line portfolio={portfolio} />
      </section>
      <div className="narrow stack wide">
        <AllocationCard portfolioId={portfolio.id} />
        <section className="card" aria-labelledby="result">
          <h2 id="result">{t('summary.title')}</h2>
          <Loaded query={summary} height={144}>
            {(found) => <SummaryFacts portfolio={portfolio} summary={found} />}
          </Loaded>
        </section>
      </div>
      <div className="full">{children}</div>
    </div>
  );
}

function Line({ portfolio }: Pick<ViewProps, 'portfolio'>) {
  const { t } = useTranslation();
  const { search, change } = useViewSearch();
  const period = readPeriod(search);
  const measure = search.measure ?? 'value';
  const query = useQuery(
    performanceOfQuery(portfolio.id, {
      ...boundsOfPeriod(period, new Date()),
      interval: intervalOf(period),
      ...(search.benchmark === undefined ? {} : { benchmark: search.benchmark }),
    }),
  );
  return (
    <>
      <div className="row between">
        <Segmented
          label={t('analysis.measure')}
          value={measure}
          options={MEASURES.map((value) => ({ value, label: t(`analysis.measures.${value}`) }))}
          onChange={(value) => {
            change({ measure: value === 'value' ? undefined : value });
          }}
        />
        <BenchmarkChoice
          value={search.benchmark}
          onChange={(benchmark) => {
            change({ benchmark });
          }}
        />
      </div>
      <Loaded query={query} height={340}>
        {(performance) => (
          <>
            <PerformanceChart name={portfolio.name} performance={performance} measure={measure} />
            <PeriodChoice
              period={period}
              onPeriod={(next) => {
                change(periodSearch(next));
              }}
            />
            <ReturnsList performance={performance} />
          </>
        )}
      </Loaded>
    </>
  );
}
