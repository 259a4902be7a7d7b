import { useQuery } from '@tanstack/react-query';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import { IncomePanel } from '../../features/analysis/income-panel.tsx';
import { useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

export function IncomeView({ portfolio }: ViewProps) {
  const { search, change } = useViewSearch();
  const { data: performance } = useQuery(performanceOfQuery(portfolio.id, { interval: 'month' }));
  return (
    <IncomePanel
      portfolio={portfolio}
      firstOn={performance?.from ?? portfolio.createdAt}
      year={search.year}
      onYear={(year) => {
        change({ year });
      }}
    />
  );
}
