import { GainsPanel } from '../../features/analysis/gains-panel.tsx';
import { useViewSearch } from './use-view-search.ts';
import type { ViewProps } from './view-props.ts';

export function GainsView({ portfolio }: ViewProps) {
  const { search, change } = useViewSearch();
  return (
    <GainsPanel
      portfolio={portfolio}
      year={search.year}
      method={search.method}
      onChange={(next) => {
        change({
          ...('year' in next ? { year: next.year } : {}),
          ...('method' in next ? { method: next.method === 'specific' ? undefined : next.method } : {}),
        });
      }}
    />
  );
}
