import type { Portfolio, Transaction, TransactionQuery, TransactionType } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { transactionsQuery } from '../../api/queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money, Price, Quantity } from '../../ui/figures/figures.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { MoreRows } from '../../ui/tables/more-rows.tsx';
import { readSorting, writeSorting } from '../../ui/tables/sort-rows.ts';
import { TransactionFilters, type TransactionFilter } from './transaction-filters.tsx';

const NEWEST_FIRST = { column: 'tradedAt', descending: true };

interface TransactionsPanelProps {
  readonly portfolio: Portfolio;
  readonly filter: TransactionFilter;
  readonly onFilter: (filter: TransactionFilter) => void;
  /** What can be done with a row; nothing for paper portfolios, whose transactions come from orders. */
  readonly rowAction?: (transaction: Transaction) => ReactNode;
  readonly action?: ReactNode;
}

/** All that happened in a portfolio. Filter and order stand in the address; more rows come by the page. */
export function TransactionsPanel({ portfolio, filter, onFilter, rowAction, action }: TransactionsPanelProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(transactionsQuery(portfolio.id, queryOf(filter)));
  const filtered = Object.entries(filter).some(([name, value]) => name !== 'sort' && value !== undefined);
  const sorting = readSorting(filter.sort, ['tradedAt', 'amount'], NEWEST_FIRST);
  return (
    <section className="card flush" aria-labelledby="transactions">
      <div className="card-head">
        <h2 id="transactions">{t('transactions.title')}</h2>
        {action}
      </div>
      <TransactionFilters filter={filter} onFilter={onFilter} />
      <Loaded query={query} height={320}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return (
              <NoRows
                filtered={filtered}
                onClear={() => {
                  onFilter({});
                }}
              />
            );
          return (
            <>
              <DataTable
                caption={t('transactions.title')}
                columns={columnsOf(t, portfolio, rowAction)}
                rows={rows}
                rowKey={(row) => row.id}
                twoLine
                sorting={sorting}
                onSort={(next) => {
                  onFilter({ ...filter, sort: writeSorting(next) });
                }}
              />
              <MoreRows query={query} count={rows.length} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function NoRows({ filtered, onClear }: { readonly filtered: boolean; readonly onClear: () => void }) {
  const { t } = useTranslation();
  if (!filtered) return <EmptyState title={t('transactions.none')}>{t('transactions.noneText')}</EmptyState>;
  return <EmptyState title={t('transactions.noMatch')} action={<Button onClick={onClear}>{t('action.clearFilters')}</Button>} />;
}

function queryOf(filter: TransactionFilter): TransactionQuery {
  const known = Object.entries(filter).filter(([, value]) => value !== undefined);
  return { ...(Object.fromEntries(known) as TransactionQuery), limit: 50 };
}

const DASHED: readonly TransactionType[] = ['deposit', 'withdrawal', 'dividend', 'interest', 'fee', 'tax', 'exchange'];

function columnsOf(t: Translate, portfolio: Portfolio, rowAction: TransactionsPanelProps['rowAction']): Column<Transaction>[] {
  const columns: Column<Transaction>[] = [
    {
      id: 'type',
      header: t('transactions.what'),
      cell: (row) =>
        row.symbol === null || DASHED.includes(row.type) ? (
          <span className="strong">
            {t(`transactionType.${row.type}`)} {row.symbol !== null && <span className="faint">{row.symbol}</span>}
          </span>
        ) : (
          <SymbolCell symbol={row.symbol} name={t(`transactionType.${row.type}`)} />
        ),
    },
    {
      id: 'tradedAt',
      header: t('transactions.when'),
      sortable: true,
      wideOnly: true,
      cell: (row) => <Moment at={row.tradedAt} zone={portfolio.timeZone} />,
    },
    {
      id: 'quantity',
      header: t('transactions.quantity'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.quantity === null ? null : <Quantity value={row.quantity} />),
    },
    {
      id: 'price',
      header: t('transactions.price'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.price === null ? null : <Price value={row.price} currency={row.currency} />),
    },
    {
      id: 'fee',
      header: t('transactions.fee'),
      end: true,
      wideOnly: true,
      cell: (row) => <Money value={row.fee} currency={row.currency} />,
    },
    {
      id: 'amount',
      method: t('method.transaction.amount'),
      header: t('transactions.amount'),
      end: true,
      sortable: true,
      cell: (row) => (
        <div className="cell-stack">
          <Money value={row.amount} currency={row.currency} unit="code" />
          <span className="only-phone small faint">
            <Moment at={row.tradedAt} zone={portfolio.timeZone} />
          </span>
        </div>
      ),
    },
    {
      id: 'gain',
      method: t('method.transaction.gain'),
      header: t('transactions.realizedGain'),
      end: true,
      wideOnly: true,
      cell: (row) => (row.realizedGain === null ? null : <Change amount={row.realizedGain} currency={row.currency} />),
    },
  ];
  if (rowAction === undefined) return columns;
  return [...columns, { id: 'action', header: t('table.actions'), end: true, cell: rowAction }];
}
