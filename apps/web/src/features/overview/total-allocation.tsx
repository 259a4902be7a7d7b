import type { Portfolio } from '@holdfast/sdk';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { allocationQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { AllocationParts } from '../../ui/allocation/allocation-parts.tsx';
import { Explained } from '../../ui/explained.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { ErrorState, LoadingState } from '../../ui/states.tsx';
import { joinAllocations, type Rates } from './add-up.ts';

const KEYS = ['assetClass', 'symbol', 'currency'] as const;

interface TotalAllocationProps {
  readonly portfolios: readonly Portfolio[];
  readonly rates: Rates | null;
}

/** How all that is looked at is spread. */
export function TotalAllocation({ portfolios, rates }: TotalAllocationProps) {
  const { t } = useTranslation();
  const [by, setBy] = useState<(typeof KEYS)[number]>('assetClass');
  const queries = useQueries({ queries: portfolios.map((portfolio) => allocationQuery(portfolio.id, by)) });
  const failed = queries.find((query) => query.error !== null && query.data === undefined);
  const ready = rates !== null && queries.every((query) => query.data !== undefined);
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
          options={KEYS.map((value) => ({ value, label: t(`allocation.${value}`) }))}
        />
      </div>
      {failed !== undefined ? (
        <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />
      ) : ready ? (
        <AllocationParts
          by={by}
          slices={joinAllocations(
            portfolios.map((portfolio, index) => ({ currency: portfolio.baseCurrency, slices: queries[index]?.data ?? [] })),
            rates,
          )}
        />
      ) : (
        <LoadingState height={180} />
      )}
    </section>
  );
}
