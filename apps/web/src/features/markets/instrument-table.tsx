import type { AssetClass, Instrument, QuoteEvent } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { instrumentsQuery } from '../../api/queries.ts';
import { quoteNow, useQuote, useQuoteSeed } from '../../live/use-quote.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { Freshness } from '../../ui/figures/age.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { approximate } from '../../ui/figures/decimal-text.ts';
import { LivePrice } from '../../ui/figures/live-price.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { SymbolCell } from '../../ui/symbol-cell.tsx';
import { DataTable, type Column, type Sorting } from '../../ui/tables/data-table.tsx';
import { Pagination } from '../../ui/tables/pagination.tsx';
import { sortRows, type SortValue } from '../../ui/tables/sort-rows.ts';

const PAGE_SIZE = 25;
export const MARKET_COLUMNS = ['symbol', 'price', 'change', 'class'] as const;

interface InstrumentTableProps {
  readonly search: string;
  readonly assetClass: AssetClass | undefined;
  readonly sorting: Sorting | undefined;
  readonly onSort: (sorting: Sorting) => void;
  readonly onClear: () => void;
  /** From 0. */
  readonly page: number;
  readonly onPage: (page: number) => void;
}

/** All instruments that fit, a page at a time; only the rows on screen listen to the stream. */
export function InstrumentTable({ search, assetClass, sorting, onSort, onClear, page, onPage }: InstrumentTableProps) {
  const { t } = useTranslation();
  const query = useQuery(instrumentsQuery(search, assetClass));
  const found = query.data ?? [];
  // Sorting by figures uses the quotes as they stood when it was asked for, so that rows do not jump under the pointer.
  const seeded = useQuoteSeed(found.map((instrument) => instrument.symbol)).ready;
  const sorted = useSorted(found, sorting, seeded);
  const shown = Math.min(page, Math.max(0, Math.ceil(sorted.length / PAGE_SIZE) - 1));
  const rows = sorted.slice(shown * PAGE_SIZE, (shown + 1) * PAGE_SIZE);
  return (
    <Loaded query={query} height={520}>
      {(all) =>
        all.length === 0 ? (
          <EmptyState title={t('markets.noMatch')} action={<Button onClick={onClear}>{t('action.clearFilters')}</Button>}>
            {t('markets.noMatchText')}
          </EmptyState>
        ) : (
          <>
            <DataTable
              caption={t('markets.title')}
              twoLine
              columns={columnsOf(t)}
              rows={rows}
              rowKey={(instrument) => instrument.id}
              sorting={sorting}
              onSort={onSort}
            />
            <Pagination page={shown} pageSize={PAGE_SIZE} count={all.length} onPage={onPage} />
          </>
        )
      }
    </Loaded>
  );
}

function useSorted(found: readonly Instrument[], sorting: Sorting | undefined, seeded: boolean): readonly Instrument[] {
  const [sorted, setSorted] = useState<readonly Instrument[]>(found);
  const names = found.map((instrument) => instrument.id).join();
  const { column, descending } = sorting ?? { column: '', descending: false };
  useEffect(() => {
    setSorted(column === '' ? found : sortRows(found, { column, descending }, valueOf));
    // `names` stands for `found`, which is a new array each time.
  }, [names, column, descending, seeded]);
  return sorted.length === found.length ? sorted : found;
}

function valueOf(row: Instrument, column: string): SortValue {
  if (column === 'symbol') return row.symbol;
  if (column === 'class') return row.assetClass;
  const quote = quoteNow(row.symbol);
  if (quote === undefined) return null;
  return column === 'change' ? quote.changePercent : approximate(quote.last);
}

function columnsOf(t: Translate): Column<Instrument>[] {
  return [
    { id: 'symbol', header: t('markets.name'), sortable: true, cell: (row) => <SymbolCell symbol={row.symbol} name={row.name} /> },
    {
      id: 'class',
      header: t('markets.class'),
      sortable: true,
      wideOnly: true,
      cell: (row) => <span className="muted">{t(`assetClass.${row.assetClass}`)}</span>,
    },
    { id: 'exchange', header: t('markets.exchange'), wideOnly: true, cell: (row) => <span className="muted">{row.exchange ?? '—'}</span> },
    {
      id: 'price',
      method: t('method.position.price'),
      header: t('markets.price'),
      end: true,
      sortable: true,
      cell: (row) => (
        <WithQuote symbol={row.symbol}>
          {(quote) => (
            <div className="cell-stack">
              <span>
                <LivePrice value={quote?.last} tickSize={row.tickSize} currency={row.currency} />{' '}
                <span className="small faint">{row.currency}</span>
              </span>
              <span className="only-phone small">
                <Change amount={quote?.change} percent={quote?.changePercent} currency={row.currency} tickSize={row.tickSize} price />
              </span>
            </div>
          )}
        </WithQuote>
      ),
    },
    {
      id: 'change',
      method: t('method.quote.change'),
      header: t('markets.change'),
      end: true,
      sortable: true,
      wideOnly: true,
      cell: (row) => (
        <WithQuote symbol={row.symbol}>
          {(quote) => (
            <Change amount={quote?.change} percent={quote?.changePercent} currency={row.currency} tickSize={row.tickSize} price />
          )}
        </WithQuote>
      ),
    },
    {
      id: 'age',
      method: t('method.quote.age'),
      header: t('markets.age'),
      end: true,
      wideOnly: true,
      cell: (row) => (
        <WithQuote symbol={row.symbol}>
          {(quote) =>
            quote !== undefined && (
              <span className="small faint">
                <Freshness at={quote.at} source={quote.source} />
              </span>
            )
          }
        </WithQuote>
      ),
    },
  ];
}

/** Only this cell is drawn anew when the quote ticks. */
function WithQuote({
  symbol,
  children,
}: {
  readonly symbol: string;
  readonly children: (quote: QuoteEvent | undefined) => React.ReactNode;
}) {
  return children(useQuote(symbol));
}
