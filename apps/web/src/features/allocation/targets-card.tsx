import type { AllocationBy, AllocationTargets, Portfolio } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { nameOfPart } from '../../ui/allocation/allocation-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Explained } from '../../ui/explained.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { Missing, Money, Percent } from '../../ui/figures/figures.tsx';
import { Points } from '../../ui/figures/points.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { RebalancingCard } from './rebalancing-card.tsx';
import { TargetForm } from './target-form.tsx';
import { targetsQuery } from './target-query.ts';

interface TargetsCardProps {
  readonly portfolio: Portfolio;
  readonly by: AllocationBy;
}

/** How the portfolio should be spread, how far it has drifted from that, and what would have to be traded. */
export function TargetsCard({ portfolio, by }: TargetsCardProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const query = useQuery(targetsQuery(portfolio.id, by));
  const some = query.data?.items.some((item) => item.target !== null) === true;
  const edit = (): void => {
    setEditing(true);
  };
  return (
    <>
      <section className="card flush" aria-labelledby="targets">
        <div className="card-head">
          <h2 id="targets">
            <Explained label={t(`targets.titles.${by}`)} method={t('targets.method')} />
          </h2>
          {some && (
            <Button size="small" icon="edit" onClick={edit}>
              {t('targets.edit')}
            </Button>
          )}
        </div>
        <Loaded query={query} height={200}>
          {(targets) =>
            some ? (
              <TargetTable targets={targets} />
            ) : (
              <EmptyState
                title={t('targets.none')}
                action={
                  <Button look="primary" onClick={edit}>
                    {t('targets.set')}
                  </Button>
                }
              >
                {t('targets.noneText')}
              </EmptyState>
            )
          }
        </Loaded>
      </section>
      {some && <RebalancingCard key={by} portfolio={portfolio} by={by} />}
      <Dialog
        look="sheet"
        open={editing}
        title={t('targets.editTitle', { name: portfolio.name })}
        onClose={() => {
          setEditing(false);
        }}
      >
        {query.data !== undefined && (
          <TargetForm
            key={by}
            targets={query.data}
            onClose={() => {
              setEditing(false);
            }}
          />
        )}
      </Dialog>
    </>
  );
}

type Item = AllocationTargets['items'][number];

function TargetTable({ targets }: { readonly targets: AllocationTargets }) {
  const { t } = useTranslation();
  const columns: Column<Item>[] = [
    { id: 'name', header: t('analysis.part'), cell: (row) => nameOfPart(row.key, targets.by, t) },
    {
      id: 'value',
      header: `${t('positions.value')} ${targets.currency}`,
      end: true,
      wideOnly: true,
      cell: (row) => <Money value={row.value} currency={targets.currency} />,
    },
    { id: 'weight', header: t('positions.weight'), end: true, cell: (row) => <Percent value={row.weight * 100} digits={1} /> },
    { id: 'target', header: t('targets.target'), end: true, cell: (row) => <TargetCell target={row.target} /> },
    {
      id: 'drift',
      header: t('targets.drift'),
      method: t('targets.driftMethod'),
      end: true,
      cell: (row) => (row.drift === null ? <Missing reason={t('targets.noTarget')} /> : <Points value={row.drift * 100} />),
    },
  ];
  return (
    <>
      <DataTable caption={t('targets.caption')} columns={columns} rows={targets.items} rowKey={(row) => row.key} />
      <div className="table-foot">
        <span>{t('targets.together')}</span>
        <Percent value={fractionToPercent(targets.targeted)} digits={1} />
      </div>
    </>
  );
}

function TargetCell({ target }: { readonly target: string | null }) {
  const { t } = useTranslation();
  return target === null ? <Missing reason={t('targets.noTarget')} /> : <Percent value={fractionToPercent(target)} digits={1} />;
}

/** A weight is shown to a tenth of a percent, which needs no exactness. */
function fractionToPercent(fraction: string): number {
  return approximate(fraction) * 100;
}
