import type { Portfolio } from '@holdfast/sdk';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { portfolioQuery } from '../api/queries.ts';
import { NewAlertButton } from '../features/alerts/new-alert-button.tsx';
import { CashDialog } from '../features/portfolios/cash-dialog.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { usePortfolioStream } from '../live/use-portfolio-stream.ts';
import { portfolioRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { Badge, PaperBadge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Money } from '../ui/figures/figures.tsx';
import { Loaded } from '../ui/states.tsx';
import { TabNav } from '../ui/tab-nav.tsx';
import { ExplainedPortfolio } from './portfolio-views/explained-portfolio.tsx';

export function PortfolioPage() {
  const { t } = useTranslation();
  const { portfolioId } = portfolioRoute.useParams();
  const query = useQuery(portfolioQuery(portfolioId));
  usePortfolioStream(portfolioId);
  useTitle(query.data?.name ?? t('nav.portfolio'));
  return (
    <div className="page">
      {query.data === undefined && <h1 className="sr-only">{t('nav.portfolio')}</h1>}
      <Loaded query={query} height={72}>
        {(portfolio) => <PortfolioFrame portfolio={portfolio} />}
      </Loaded>
    </div>
  );
}

const TRACKED_VIEWS = [
  'overview',
  'positions',
  'performance',
  'transactions',
  'income',
  'gains',
  'risk',
  'allocation',
  'quality',
  'reports',
  'settings',
] as const;
const PAPER_VIEWS = [...TRACKED_VIEWS.slice(0, 4), 'orders', ...TRACKED_VIEWS.slice(4)] as const;

function PortfolioFrame({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const chosen = useLocation({ select: ({ pathname }) => pathname });
  const views = portfolio.kind === 'paper' ? PAPER_VIEWS : TRACKED_VIEWS;
  return (
    <>
      <div className="page-head">
        <div>
          <div className="row tight">
            <h1>{portfolio.name}</h1>
            {portfolio.kind === 'paper' && <PaperBadge />}
            {portfolio.archivedAt !== null && <Badge look="soft">{t('portfolio.archived')}</Badge>}
          </div>
          {portfolio.description !== '' && <p className="muted">{portfolio.description}</p>}
        </div>
        {portfolio.archivedAt === null && <CashActions portfolio={portfolio} />}
      </div>
      <TabNav label={t('portfolio.views')} chosen={chosen}>
        {views.map((view) => (
          <Link
            key={view}
            to="/portfolios/$portfolioId/$view"
            params={{ portfolioId: portfolio.id, view }}
            activeOptions={{ includeSearch: false }}
          >
            {t(`portfolio.view.${view}`)}
          </Link>
        ))}
      </TabNav>
      <ExplainedPortfolio portfolio={portfolio}>
        <Outlet />
      </ExplainedPortfolio>
    </>
  );
}

function CashActions({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<'deposit' | 'withdrawal' | null>(null);
  const cash = portfolio.cash.find((balance) => balance.currency === portfolio.baseCurrency);
  const paper = portfolio.kind === 'paper';
  return (
    <div className="row head-actions">
      {portfolio.cashMode === 'full' && (
        <span className="muted">
          {t('cash.available')} <Money value={cash?.available ?? '0'} currency={portfolio.baseCurrency} unit="code" />
        </span>
      )}
      <Button
        icon="download"
        onClick={() => {
          setDialog('deposit');
        }}
      >
        {t('cash.deposit')}
      </Button>
      <Button
        icon="upload"
        onClick={() => {
          setDialog('withdrawal');
        }}
      >
        {t('cash.withdrawal')}
      </Button>
      <NewAlertButton
        portfolios={[portfolio]}
        start={{ condition: 'portfolioValueAbove', portfolioId: portfolio.id, currency: portfolio.baseCurrency }}
      />
      {paper && (
        <Link className="button primary" to="/trade" search={{ portfolio: portfolio.id }}>
          {t('nav.trade')}
        </Link>
      )}
      <CashDialog
        portfolio={portfolio}
        type={dialog}
        onClose={() => {
          setDialog(null);
        }}
      />
    </div>
  );
}
