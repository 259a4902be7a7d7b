import type { AdminPrice, AdminPriceQuery } from '@holdfast/sdk';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Age } from '../../ui/figures/age.tsx';
import { Price } from '../../ui/figures/figures.tsx';
import type { Column } from '../../ui/tables/data-table.tsx';
import { readSorting, writeSorting } from '../../ui/tables/sort-rows.ts';
import { clearOf, type AdminViewProps } from './admin-address.ts';
import { ListTools } from './list-tools.tsx';
import { PagedList } from './paged-list.tsx';

const COLUMNS = ['symbol', 'at'] as const;
const BY_SYMBOL = { column: 'symbol', descending: false };

/** The newest stored prices, to look at. */
export function PriceList({ address, onAddress }: AdminViewProps) {
  const { t } = useTranslation();
  const sorting = readSorting(address.sort, COLUMNS, BY_SYMBOL);
  const query: AdminPriceQuery = {
    sort: writeSorting(sorting) as NonNullable<AdminPriceQuery['sort']>,
    ...(address.search === undefined ? {} : { search: address.search }),
    ...(address.kind === undefined ? {} : { source: address.kind }),
  };
  return (
    <>
      <PagedList
        title={t('admin.view.prices')}
        onClear={clearOf({ address, onAddress })}
        queryKey={['prices', query]}
        fetchPage={(cursor, signal) => api.admin.prices(cursor === undefined ? query : { ...query, cursor }, signal)}
        rowKey={(row) => `${row.symbol} ${row.exchange}`}
        columns={useColumns()}
        sorting={sorting}
        onSort={(next) => {
          onAddress({ ...address, sort: writeSorting(next) });
        }}
      >
        <ListTools
          {...{ address, onAddress }}
          searchLabel={t('admin.prices.search')}
          kindLabel={t('admin.source')}
          allKinds={t('admin.prices.allSources')}
          kinds={['import', 'manual', 'alpha-vantage', 'finnhub', 'twelve-data', 'yahoo'].map((value) => ({ value, label: value }))}
        />
      </PagedList>
    </>
  );
}

function useColumns(): Column<AdminPrice>[] {
  const { t } = useTranslation();
  return [
    {
      id: 'symbol',
      header: t('admin.instruments.symbol'),
      sortable: true,
      cell: (row) => (
        <div className="admin-cell">
          <span className="strong">{row.symbol}</span>
          <span className="small faint">{row.name}</span>
        </div>
      ),
    },
    { id: 'exchange', header: t('admin.prices.exchange'), wideOnly: true, cell: (row) => row.exchange },
    { id: 'last', header: t('admin.prices.last'), end: true, cell: (row) => <Price value={row.last} currency={row.currency} /> },
    {
      id: 'bid',
      header: t('admin.prices.bid'),
      end: true,
      wideOnly: true,
      cell: (row) => <Price value={row.bid} currency={row.currency} />,
    },
    {
      id: 'ask',
      header: t('admin.prices.ask'),
      end: true,
      wideOnly: true,
      cell: (row) => <Price value={row.ask} currency={row.currency} />,
    },
    { id: 'source', header: t('admin.source'), wideOnly: true, cell: (row) => row.source },
    { id: 'at', header: t('admin.prices.age'), end: true, sortable: true, cell: (row) => <Age at={row.at} /> },
  ];
}
