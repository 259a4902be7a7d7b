import { useNavigate } from '@tanstack/react-router';
import type { AssetClass } from '@holdfast/sdk';
import { InstrumentTable, MARKET_COLUMNS } from '../features/markets/instrument-table.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { marketsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { SearchBox } from '../ui/search-box.tsx';
import { readSorting, writeSorting } from '../ui/tables/sort-rows.ts';

const CLASSES = ['stock', 'etf', 'bond', 'fund', 'crypto', 'index', 'cash', 'other'] as const satisfies readonly AssetClass[];
const BY_SYMBOL = { column: 'symbol', descending: false };

export function MarketsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const search = marketsRoute.useSearch();
  useTitle(t('nav.markets'));
  /** Goes from what the address says by now: two changes may follow each other faster than they are drawn. */
  const change = (part: typeof search): void => {
    const after = (known: object) =>
      Object.fromEntries(Object.entries({ ...known, page: undefined, ...part }).filter(([, value]) => value !== undefined && value !== ''));
    void navigate({ to: '/markets', search: after, replace: true });
  };
  return (
    <div className="page">
      <h1>{t('nav.markets')}</h1>
      <section className="card flush" aria-label={t('markets.title')}>
        <div className="toolbar" role="search">
          <SearchBox
            label={t('markets.search')}
            value={search.search ?? ''}
            onChange={(typed) => {
              change({ search: typed });
            }}
          />
          <select
            className="input compact"
            aria-label={t('markets.class')}
            value={search.class ?? ''}
            onChange={(event) => {
              change({ class: event.target.value as AssetClass });
            }}
          >
            <option value="">{t('markets.allClasses')}</option>
            {CLASSES.map((name) => (
              <option key={name} value={name}>
                {t(`assetClass.${name}`)}
              </option>
            ))}
          </select>
        </div>
        <InstrumentTable
          search={search.search ?? ''}
          assetClass={search.class}
          sorting={
            search.sort === undefined && search.search !== undefined ? undefined : readSorting(search.sort, MARKET_COLUMNS, BY_SYMBOL)
          }
          onSort={(sorting) => {
            change({ sort: writeSorting(sorting) });
          }}
          page={(search.page ?? 1) - 1}
          onPage={(page) => {
            change(page === 0 ? {} : { page: page + 1 });
          }}
          onClear={() => {
            void navigate({ to: '/markets', replace: true });
          }}
        />
      </section>
    </div>
  );
}
