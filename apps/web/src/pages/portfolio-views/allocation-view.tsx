import { AllocationTable } from '../../features/portfolios/allocation-table.tsx';
import { useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

export function AllocationView({ portfolio }: ViewProps) {
  const { search, change } = useViewSearch();
  return (
    <AllocationTable
      portfolio={portfolio}
      by={search.by ?? 'assetClass'}
      onBy={(by) => {
        change({ by: by === 'assetClass' ? undefined : by });
      }}
    />
  );
}
