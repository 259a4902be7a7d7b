import { useQuery } from '@tanstack/react-query';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import { BenchmarkChoice } from '../../features/analysis/benchmark-choice.tsx';
import { DrawdownList } from '../../features/analysis/drawdown-list.tsx';
import { MonthTable } from '../../features/analysis/month-table.tsx';
import { PerformanceChart } from '../../features/analysis/performance-chart.tsx';
import { PeriodChoice } from '../../features/analysis/period-choice.tsx';
import { boundsOfPeriod, intervalOf, readPeriod } from '../../features/analysis/period.ts';
import { ReturnsList } from '../../features/analysis/returns-list.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Explained } from '../../ui/explained.tsx';
import { Loaded } from '../../ui/states.tsx';
import { periodSearch, useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

/** Returns by every method, months, rolling years, drawdowns: each named with how it is worked out. */
export function PerformanceView({ portfolio }: ViewProps) {
  const { t } = useTranslation();
  const { search, change } = useViewSearch();
  const period = readPeriod(search);
  const query = useQuery(
    performanceOfQuery(portfolio.id, {
      ...boundsOfPeriod(period, new Date()),
      interval: intervalOf(period),
      ...(search.benchmark === undefined ? {} : { benchmark: search.benchmark }),
    }),
  );
  return (
    <div className="stack wide">
      <section className="card" aria-labelledby="performance">
        <div className="card-head">
          <h2 id="performance">{t('analysis.performance')}</h2>
          <BenchmarkChoice
            value={search.benchmark}
            onChange={(benchmark) => {
              change({ benchmark });
            }}
          />
        </div>
        <PeriodChoice
          period={period}
          onPeriod={(next) => {
            change(periodSearch(next));
          }}
        />
        <Loaded query={query} height={420}>
          {(performance) => (
            <>
              <ReturnsList performance={performance} />
              <PerformanceChart name={portfolio.name} performance={performance} measure="return" />
            </>
          )}
        </Loaded>
      </section>
      <section className="card flush" aria-labelledby="months">
        <div className="card-head">
          <h2 id="months">
            <Explained label={t('analysis.months')} method={t('method.returns.timeWeighted')} />
          </h2>
        </div>
        <Loaded query={query} height={160}>
          {(performance) => <MonthTable months={performance.months} />}
        </Loaded>
      </section>
      <section className="card" aria-labelledby="falls">
        <h2 id="falls">
          <Explained label={t('analysis.drawdowns')} method={t('method.drawdown')} />
        </h2>
        <Loaded query={query} height={320}>
          {(performance) => (
            <>
              <PerformanceChart name={portfolio.name} performance={performance} measure="drawdown" height="low" />
              <DrawdownList drawdowns={performance.drawdowns} />
            </>
          )}
        </Loaded>
      </section>
      <Rolling portfolio={portfolio} />
    </div>
  );
}

/** Over all there is: a year that ends at each day needs the days before the period as well. */
function Rolling({ portfolio }: Pick<ViewProps, 'portfolio'>) {
  const { t } = useTranslation();
  const query = useQuery(performanceOfQuery(portfolio.id, { interval: 'week' }));
  return (
    <section className="card" aria-labelledby="rolling">
      <h2 id="rolling">{t('analysis.rolling')}</h2>
      <Loaded query={query} height={200}>
        {(performance) => <PerformanceChart name={portfolio.name} performance={performance} measure="rolling" height="low" />}
      </Loaded>
    </section>
  );
}
