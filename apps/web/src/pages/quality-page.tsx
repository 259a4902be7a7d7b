import type { Portfolio } from '@holdfast/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { portfoliosQuery } from '../api/queries.ts';
import { GRAVEST_FIRST, QUALITY_COLUMNS, QualityList } from '../features/quality/quality-list.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { qualityRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { EmptyState, Loaded } from '../ui/states.tsx';
import { readListView, writeListView, type ListView } from '../ui/tables/list-view.ts';

export function QualityPage() {
  const { t } = useTranslation();
  const query = useQuery(portfoliosQuery);
  useTitle(t('nav.quality'));
  return (
    <div className="page">
      <div>
        <h1>{t('nav.quality')}</h1>
        <p className="muted">{t('quality.lead')}</p>
      </div>
      <Loaded query={query} height={240}>
        {(portfolios) => <Findings portfolios={portfolios} />}
      </Loaded>
    </div>
  );
}

/** Which portfolio, and how its findings are looked at; both stand in the address. */
function Findings({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { portfolio: wanted, ...address } = qualityRoute.useSearch();
  const chosen = portfolios.find((portfolio) => portfolio.id === wanted) ?? portfolios[0];
  if (chosen === undefined) return <EmptyState icon="portfolio" title={t('portfolio.none')} />;
  const go = (portfolio: string, view: ListView): void => {
    void navigate({ to: '/quality', search: { portfolio, ...writeListView(view, GRAVEST_FIRST) }, replace: true });
  };
  const view = readListView(address, QUALITY_COLUMNS, GRAVEST_FIRST);
  return (
    <section className="card flush" aria-label={t('nav.quality')}>
      <QualityList
        portfolioId={chosen.id}
        view={view}
        onView={(next) => {
          go(chosen.id, next);
        }}
        choice={
          <select
            className="input compact head-choice"
            aria-label={t('portfolio.choose')}
            value={chosen.id}
            onChange={(event) => {
              go(event.target.value, { ...view, page: 0 });
            }}
          >
            {portfolios.map((portfolio) => (
              <option key={portfolio.id} value={portfolio.id}>
                {portfolio.name}
              </option>
            ))}
          </select>
        }
        linkTo={(day) => (
          <Link
            to="/portfolios/$portfolioId/$view"
            params={{ portfolioId: chosen.id, view: 'transactions' }}
            search={{ from: day, to: day }}
          >
            {t('quality.show')}
          </Link>
        )}
      />
    </section>
  );
}
