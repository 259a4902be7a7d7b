import { readPeriod } from '../../features/analysis/period.ts';
import { RiskPanel } from '../../features/analysis/risk-panel.tsx';
import { periodSearch, useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

export function RiskView({ portfolio }: ViewProps) {
  const { search, change } = useViewSearch();
  return (
    <RiskPanel
      portfolioId={portfolio.id}
      period={readPeriod(search)}
      benchmark={search.benchmark}
      onChange={(next) => {
        change({
          ...(next.period === undefined ? {} : periodSearch(next.period)),
          ...('benchmark' in next ? { benchmark: next.benchmark } : {}),
        });
      }}
    />
  );
}
