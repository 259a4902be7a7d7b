import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { meQuery, portfoliosQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { changePreferences, usePreferences } from '../preferences/preferences-store.ts';
import { PaperBadge } from '../ui/badge.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';

const MOST_PORTFOLIOS = 7;

export function Sidebar() {
  const { t } = useTranslation();
  const { data: user } = useQuery(meQuery);
  const { rail } = usePreferences();
  return (
    <nav className="sidebar" aria-label={t('shell.main')}>
      <SideLink to="/home" icon="home" label={t('nav.home')} />
      <SideLink to="/trade" icon="trade" label={t('nav.trade')} />
      <SideLink to="/markets" icon="markets" label={t('nav.markets')} />
      <SideLink to="/watchlists" icon="star" label={t('nav.watchlists')} />
      <SideLink to="/alerts" icon="bell" label={t('nav.alerts')} />
      <h2>
        <span>{t('nav.portfolios')}</span>
      </h2>
      <PortfolioLinks />
      <h2>
        <span>{t('nav.records')}</span>
      </h2>
      <SideLink to="/documents" icon="archive" label={t('nav.documents')} />
      <SideLink to="/transactions" icon="list" label={t('nav.transactions')} />
      <SideLink to="/statements" icon="upload" label={t('nav.statements')} />
      <SideLink to="/quality" icon="quality" label={t('nav.quality')} />
      {user?.role === 'admin' && <SideLink to="/imports" icon="upload" label={t('nav.imports')} />}
      <div className="foot">
        <SideLink to="/settings" icon="settings" label={t('nav.settings')} />
        <button
          type="button"
          className="toggle"
          aria-pressed={rail}
          aria-keyshortcuts="["
          title={t('shell.rail')}
          onClick={() => {
            changePreferences({ rail: !rail });
          }}
        >
          <Icon name="sidebar" />
          <span className="label">{t('shell.rail')}</span>
          {rail && <span className="sr-only">{t('shell.rail')}</span>}
        </button>
      </div>
    </nav>
  );
}

type Target =
  | '/home'
  | '/trade'
  | '/markets'
  | '/watchlists'
  | '/alerts'
  | '/documents'
  | '/transactions'
  | '/statements'
  | '/quality'
  | '/imports'
  | '/settings'
  | '/portfolios';

function SideLink({ to, icon, label }: { readonly to: Target; readonly icon: IconName; readonly label: string }) {
  return (
    <Link to={to} title={label} aria-label={label} activeOptions={{ exact: to === '/portfolios', includeSearch: false }} preload="intent">
      <Icon name={icon} />
      <span className="label">{label}</span>
    </Link>
  );
}

function PortfolioLinks() {
  const { t } = useTranslation();
  const { data: portfolios } = useQuery(portfoliosQuery);
  const open = portfolios?.filter((portfolio) => portfolio.archivedAt === null) ?? [];
  return (
    <>
      {open.slice(0, MOST_PORTFOLIOS).map((portfolio) => (
        <Link
          key={portfolio.id}
          to="/portfolios/$portfolioId/$view"
          params={{ portfolioId: portfolio.id, view: 'overview' }}
          activeOptions={{ includeSearch: false }}
          title={portfolio.name}
          aria-label={portfolio.name}
        >
          <Icon name="portfolio" />
          <span className="label truncate grow">{portfolio.name}</span>
          {portfolio.kind === 'paper' && <PaperBadge />}
        </Link>
      ))}
      <SideLink to="/portfolios" icon="more" label={t('nav.allPortfolios')} />
    </>
  );
}
