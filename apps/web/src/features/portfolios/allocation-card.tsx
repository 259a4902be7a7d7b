import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { allocationQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { AllocationParts } from '../../ui/allocation/allocation-parts.tsx';
import { Explained } from '../../ui/explained.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Loaded } from '../../ui/states.tsx';

type By = 'assetClass' | 'symbol' | 'currency';

/** How the value is spread: a bar with a list, never a pie. */
export function AllocationCard({ portfolioId }: { readonly portfolioId: string }) {
  const { t } = useTranslation();
  const [by, setBy] = useState<By>('assetClass');
  const query = useQuery(allocationQuery(portfolioId, by));
  return (
    <section className="card" aria-labelledby="allocation">
      <div className="card-head">
        <h2 id="allocation">
          <Explained label={t('allocation.title')} method={t('method.allocation')} />
        </h2>
        <Segmented
          label={t('allocation.by')}
          value={by}
          onChange={setBy}
          options={(['assetClass', 'symbol', 'currency'] as const).map((value) => ({ value, label: t(`allocation.${value}`) }))}
        />
      </div>
      <Loaded query={query} height={180}>
        {(slices) => <AllocationParts slices={slices} by={by} />}
      </Loaded>
    </section>
  );
}
