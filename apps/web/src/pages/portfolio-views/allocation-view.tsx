import { TargetsCard } from '../../features/allocation/targets-card.tsx';
import { AllocationTable } from '../../features/portfolios/allocation-table.tsx';
import { useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

export function AllocationView({ portfolio }: ViewProps) {
  const { search, change } = useViewSearch();
  const by = search.by ?? 'assetClass';
  return (
    <div className="stack wide">
      <AllocationTable
        portfolio={portfolio}
        by={by}
        onBy={(chosen) => {
          change({ by: chosen === 'assetClass' ? undefined : chosen });
        }}
      />
      <TargetsCard portfolio={portfolio} by={by} />
    </div>
  );
}
