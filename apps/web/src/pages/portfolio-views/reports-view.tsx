import { useQuery } from '@tanstack/react-query';
import { performanceOfQuery } from '../../api/analysis-queries.ts';
import { yearsSince } from '../../features/analysis/year-choice.tsx';
import { ReportForm } from '../../features/reports/report-form.tsx';
import { ReportList } from '../../features/reports/report-list.tsx';
import type { ViewProps } from './view-props.ts';

export function ReportsView({ portfolio }: ViewProps) {
  const { data: performance } = useQuery(performanceOfQuery(portfolio.id, { interval: 'month' }));
  return (
    <div className="columns">
      <div className="narrow">
        <ReportForm portfolio={portfolio} years={yearsSince(performance?.from ?? portfolio.createdAt)} />
      </div>
      <div className="wide">
        <ReportList portfolioId={portfolio.id} />
      </div>
    </div>
  );
}
