import { useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { portfoliosQuery } from '../api/queries.ts';
import { readColumns, writeColumns, type LedgerFilter } from '../features/ledger/ledger-filter.ts';
import { LedgerPanel } from '../features/ledger/ledger-panel.tsx';
import { LedgerTools } from '../features/ledger/ledger-tools.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { transactionsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Loaded } from '../ui/states.tsx';

/** All that happened, in all portfolios. Filter, order and columns stand in the address. */
export function TransactionsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const query = useQuery(portfoliosQuery);
  const { columns: wanted, ...filter } = transactionsRoute.useSearch();
  const columns = readColumns(wanted);
  useTitle(t('transactions.title'));
  const go = (
    next: { readonly [Name in keyof LedgerFilter]?: LedgerFilter[Name] | undefined } & { readonly columns?: string | undefined },
  ): void => {
    // From what the address says by now: two changes may follow each other faster than they are drawn.
    const said = (known: object) => Object.fromEntries(Object.entries({ ...known, ...next }).filter(([, value]) => value !== undefined));
    void navigate({ to: '/transactions', search: said, replace: true, resetScroll: false });
  };
  return (
    <div className="page">
      <h1>{t('transactions.title')}</h1>
      <Loaded query={query} height={400}>
        {(portfolios) => (
          <section className="card flush ledger" aria-label={t('transactions.title')}>
            <LedgerTools
              portfolios={portfolios}
              filter={filter}
              columns={columns}
              onFilter={go}
              onColumns={(next) => {
                go({ columns: writeColumns(next) ?? undefined });
              }}
            />
            <LedgerPanel
              portfolios={portfolios}
              filter={filter}
              columns={columns}
              onSort={(sort) => {
                go({ sort: sort === '-tradedAt' ? undefined : sort });
              }}
              onClear={() => void navigate({ to: '/transactions', search: {}, replace: true })}
            />
          </section>
        )}
      </Loaded>
    </div>
  );
}
