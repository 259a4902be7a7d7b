import type { Portfolio, Transaction } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Change } from '../../ui/figures/change.tsx';
import { Figure, Money } from '../../ui/figures/figures.tsx';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { saveCsv } from '../../ui/files/save-file.ts';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { readSorting } from '../../ui/tables/sort-rows.ts';
import { VirtualTable } from '../../ui/tables/virtual-table.tsx';
import { showToast } from '../../ui/toast.tsx';
import { ledgerColumns, ledgerCsv } from './ledger-columns.tsx';
import { totalsOf, type LedgerColumn, type LedgerFilter } from './ledger-filter.ts';
import { ledgerQuery } from './ledger-query.ts';

interface LedgerPanelProps {
  readonly portfolios: readonly Portfolio[];
  readonly filter: LedgerFilter;
  readonly columns: readonly LedgerColumn[];
  readonly onSort: (sort: NonNullable<LedgerFilter['sort']>) => void;
  readonly onClear: () => void;
}

const NEWEST_FIRST = { column: 'tradedAt', descending: true };

/** Every transaction that fits, however many: rows are fetched and drawn as they come into view. */
export function LedgerPanel({ portfolios, filter, columns, onSort, onClear }: LedgerPanelProps) {
  const { t } = useTranslation();
  const query = useInfiniteQuery(ledgerQuery(filter));
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const byId = useMemo(() => new Map(portfolios.map((portfolio) => [portfolio.id, portfolio])), [portfolios]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const onEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const filtered = Object.entries(filter).some(([name, value]) => name !== 'sort' && value !== undefined);
  const sorting = readSorting(filter.sort, ['tradedAt', 'amount'], NEWEST_FIRST);
  return (
    <Loaded query={query} height={400}>
      {() =>
        rows.length === 0 ? (
          <EmptyState
            icon="portfolio"
            title={t(filtered ? 'transactions.noMatch' : 'transactions.none')}
            {...(filtered ? { action: <Button onClick={onClear}>{t('action.clearFilters')}</Button> } : {})}
          >
            {filtered ? undefined : t('transactions.noneText')}
          </EmptyState>
        ) : (
          <>
            <VirtualTable
              caption={t('transactions.title')}
              columns={ledgerColumns(t, byId, columns)}
              rows={rows}
              rowKey={(row) => row.id}
              count={hasNextPage ? null : rows.length}
              sorting={sorting}
              onSort={({ column, descending }) => {
                const name = column === 'amount' ? 'amount' : 'tradedAt';
                onSort(descending ? `-${name}` : name);
              }}
              onEnd={onEnd}
            />
            <Foot rows={rows} more={hasNextPage} busy={isFetchingNextPage}>
              <SaveButton
                rows={rows}
                byId={byId}
                columns={columns}
                more={hasNextPage}
                fetchMore={async () => (await fetchNextPage()).data?.pages.flatMap((page) => page.items) ?? []}
              />
            </Foot>
          </>
        )
      }
    </Loaded>
  );
}

interface FootProps {
  readonly rows: readonly Transaction[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly children: React.ReactNode;
}

/** How many rows are here, and what they add up to, by currency. */
function Foot({ rows, more, busy, children }: FootProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const totals = useMemo(() => totalsOf(rows), [rows]);
  return (
    <div className="table-foot">
      <span aria-live="polite">
        {t(more ? 'ledger.rowsSoFar' : 'ledger.rows', { count: rows.length, shown: formatCount(rows.length, style) })}
        {busy && ` · ${t('state.loading')}`}
      </span>
      <span className="row tight">
        {totals.map(({ currency, cashEffect, fees }) => (
          <span key={currency} className="row tight">
            <Figure>{currency}</Figure> {t('ledger.cashEffect')} <Change amount={cashEffect} currency={currency} /> ·{' '}
            {t('transactions.fee')} <Money value={fees} currency={currency} />
          </span>
        ))}
      </span>
      {children}
    </div>
  );
}

interface SaveButtonProps {
  readonly rows: readonly Transaction[];
  readonly byId: ReadonlyMap<string, Portfolio>;
  readonly columns: readonly LedgerColumn[];
  readonly more: boolean;
  readonly fetchMore: () => Promise<readonly Transaction[]>;
}

/** Saves everything that fits, with the columns shown: what is not here yet is fetched first. */
function SaveButton({ rows, byId, columns, more, fetchMore }: SaveButtonProps) {
  const { t } = useTranslation();
  const { hidden } = useFigureStyle();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      let all = rows;
      let grown = more;
      while (grown) {
        const next = await fetchMore();
        grown = next.length > all.length;
        all = grown ? next : all;
      }
      saveCsv(t('transactions.title'), ledgerCsv(all, byId, columns));
    } catch (error) {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="small" icon="download" busy={busy} disabled={hidden} onClick={() => void save()}>
      CSV
    </Button>
  );
}
