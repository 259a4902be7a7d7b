import type { Portfolio } from '@holdfast/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { archivedPortfoliosQuery, portfoliosQuery } from '../api/queries.ts';
import { PortfolioCards } from '../features/portfolios/portfolio-cards.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { portfoliosRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { EmptyState, Loaded } from '../ui/states.tsx';
import { ListTools } from '../ui/tables/list-table.tsx';
import { readListView, viewRows, writeListView, type ListRules, type ListView } from '../ui/tables/list-view.ts';
import { Pagination } from '../ui/tables/pagination.tsx';
import { readSorting, writeSorting } from '../ui/tables/sort-rows.ts';

const COLUMNS = ['name', 'opened'] as const;
const ORDERS = ['opened', '-opened', 'name'] as const;
const OLDEST_FIRST = { column: 'opened', descending: false };
const PAGE_SIZE = 24;
const RULES: ListRules<Portfolio> & { readonly pageSize: number } = {
  pageSize: PAGE_SIZE,
  textOf: ({ name, description }) => `${name} ${description}`,
  kindOf: ({ kind }) => kind,
  valueOf: (portfolio, column) => (column === 'name' ? portfolio.name : portfolio.createdAt),
};

export function PortfoliosPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { archived = false } = portfoliosRoute.useSearch();
  useTitle(t('nav.portfolios'));
  const query = useQuery(archived ? archivedPortfoliosQuery : portfoliosQuery);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.portfolios')}</h1>
        <div className="row">
          <Segmented
            label={t('portfolio.which')}
            value={archived ? 'archived' : 'open'}
            options={[
              { value: 'open', label: t('portfolio.open') },
              { value: 'archived', label: t('portfolio.archived') },
            ]}
            onChange={(value) => void navigate({ to: '/portfolios', search: value === 'archived' ? { archived: true } : {} })}
          />
          <Link className="button primary" to="/portfolios/new">
            {t('portfolio.new')}
          </Link>
        </div>
      </div>
      <Loaded query={query} height={240}>
        {(portfolios) =>
          portfolios.length === 0 ? (
            <EmptyState icon="portfolio" title={t(archived ? 'portfolio.noneArchived' : 'portfolio.none')}>
              {t('portfolio.noneText')}
            </EmptyState>
          ) : (
            <Cards portfolios={portfolios} />
          )
        }
      </Loaded>
    </div>
  );
}

function Cards({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { archived, ...address } = portfoliosRoute.useSearch();
  const view = readListView(address, COLUMNS, OLDEST_FIRST);
  const shown = viewRows(portfolios, view, RULES);
  const onView = (next: ListView): void => {
    const search = { ...(archived === true ? { archived } : {}), ...writeListView(next, OLDEST_FIRST) };
    void navigate({ to: '/portfolios', search, replace: true });
  };
  return (
    <>
      {portfolios.length > 1 && <Tools view={view} onView={onView} />}
      {shown.count === 0 ? (
        <EmptyState
          title={t('portfolio.noMatch')}
          action={
            <Button
              onClick={() => {
                onView({ ...view, search: '', kind: null });
              }}
            >
              {t('action.clearFilters')}
            </Button>
          }
        />
      ) : (
        <PortfolioCards portfolios={shown.rows} />
      )}
      <Pagination
        page={shown.page}
        pageSize={PAGE_SIZE}
        count={shown.count}
        onPage={(page) => {
          onView({ ...view, page });
        }}
      />
    </>
  );
}

function Tools({ view, onView }: { readonly view: ListView; readonly onView: (view: ListView) => void }) {
  const { t } = useTranslation();
  const kinds = (['paper', 'tracked'] as const).map((value) => ({ value, label: t(`portfolio.kinds.${value}.name`) }));
  return (
    <div className="card flush">
      <ListTools
        searchLabel={t('portfolio.search')}
        kinds={{ label: t('portfolio.kind'), all: t('portfolio.allKinds'), options: kinds }}
        view={view}
        onView={onView}
      >
        <select
          className="input compact"
          aria-label={t('table.order')}
          value={writeSorting(view.sorting)}
          onChange={(event) => {
            onView({ ...view, page: 0, sorting: readSorting(event.target.value, COLUMNS, OLDEST_FIRST) });
          }}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(`portfolio.order.${order}`)}
            </option>
          ))}
        </select>
      </ListTools>
    </div>
  );
}
