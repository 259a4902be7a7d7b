import type { Portfolio } from '@holdfast/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { portfolioQuery, positionsQuery } from '../api/queries.ts';
import { OrdersPanel } from '../features/orders/orders-panel.tsx';
import { PortfolioSettings } from '../features/portfolios/portfolio-settings.tsx';
import { CorrectTransaction } from '../features/portfolios/correct-transaction.tsx';
import { BY_VALUE, POSITION_COLUMNS, PositionsTable } from '../features/portfolios/positions-table.tsx';
import { RemoveTransaction } from '../features/portfolios/remove-transaction.tsx';
import { TransactionDialog, type Correcting } from '../features/portfolios/transaction-dialog.tsx';
import { TransactionsPanel } from '../features/portfolios/transactions-panel.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { portfolioViewRoute } from '../shell/routes.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState, Loaded, LoadingState } from '../ui/states.tsx';
import { readListView, writeListView, type ListView } from '../ui/tables/list-view.ts';

/** One view of a portfolio: the part of the address after its id says which. */
export function PortfolioView() {
  const { portfolioId, view } = portfolioViewRoute.useParams();
  const navigate = useNavigate();
  const { data: portfolio } = useQuery(portfolioQuery(portfolioId));
  if (portfolio === undefined) return null;
  if (view === 'positions') return <Positions portfolio={portfolio} whole />;
  if (view === 'transactions') return <Transactions portfolio={portfolio} />;
  if (view === 'orders') {
    return (
      <div className="stack wide">
        <OrdersPanel portfolio={portfolio} kind="open" />
        <OrdersPanel portfolio={portfolio} kind="final" />
      </div>
    );
  }
  if (view === 'settings') return <PortfolioSettings portfolio={portfolio} onArchived={() => void navigate({ to: '/portfolios' })} />;
  const View = ANALYSES[view];
  return (
    <Suspense fallback={<LoadingState height={320} />}>
      <View portfolio={portfolio}>
        <Positions portfolio={portfolio} />
      </View>
    </Suspense>
  );
}

/** Views with charts come with their own script, fetched when one is first opened. */
const ANALYSES = {
  overview: lazy(() => import('./portfolio-views/overview-view.tsx').then((module) => ({ default: module.OverviewView }))),
  performance: lazy(() => import('./portfolio-views/performance-view.tsx').then((module) => ({ default: module.PerformanceView }))),
  income: lazy(() => import('./portfolio-views/income-view.tsx').then((module) => ({ default: module.IncomeView }))),
  gains: lazy(() => import('./portfolio-views/gains-view.tsx').then((module) => ({ default: module.GainsView }))),
  risk: lazy(() => import('./portfolio-views/risk-view.tsx').then((module) => ({ default: module.RiskView }))),
  allocation: lazy(() => import('./portfolio-views/allocation-view.tsx').then((module) => ({ default: module.AllocationView }))),
  quality: lazy(() => import('./portfolio-views/quality-view.tsx').then((module) => ({ default: module.QualityView }))),
  reports: lazy(() => import('./portfolio-views/reports-view.tsx').then((module) => ({ default: module.ReportsView }))),
} as const;

function Positions({ portfolio, whole = false }: { readonly portfolio: Portfolio; readonly whole?: boolean }) {
  const { t } = useTranslation();
  const held = usePositionsView(portfolio.id);
  const query = useQuery(positionsQuery(portfolio.id));
  const paper = portfolio.kind === 'paper';
  const first: ReactNode = paper ? (
    <Link className="button primary" to="/trade" search={{ portfolio: portfolio.id }}>
      {t('ticket.first')}
    </Link>
  ) : (
    <Link className="button primary" to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'transactions' }}>
      {t('transactions.add')}
    </Link>
  );
  return (
    <section className="card flush" aria-labelledby="positions">
      <div className="card-head">
        <h2 id="positions">{t('positions.title')}</h2>
      </div>
      <Loaded query={query} height={200}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState
              icon={paper ? 'trade' : 'portfolio'}
              title={t(paper ? 'positions.nonePaper' : 'positions.noneTracked')}
              {...(portfolio.archivedAt === null ? { action: first } : {})}
            >
              {t(paper ? 'positions.nonePaperText' : 'positions.noneTrackedText')}
            </EmptyState>
          ) : (
            <PositionsTable portfolio={portfolio} positions={rows} {...(whole ? held : {})} />
          )
        }
      </Loaded>
    </section>
  );
}

/** How the positions are looked at, as the address says it. */
function usePositionsView(portfolioId: string): { readonly view: ListView; readonly onView: (view: ListView) => void } {
  const navigate = useNavigate();
  const { search, kind, sort, page } = portfolioViewRoute.useSearch();
  return {
    view: readListView({ search, kind, sort, page }, POSITION_COLUMNS, BY_VALUE),
    onView: (view) =>
      void navigate({
        to: '/portfolios/$portfolioId/$view',
        params: { portfolioId, view: 'positions' },
        search: writeListView(view, BY_VALUE),
        replace: true,
      }),
  };
}

function Transactions({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { search, type, from, to, sort } = portfolioViewRoute.useSearch();
  const [adding, setAdding] = useState(false);
  const [correcting, setCorrecting] = useState<Correcting | null>(null);
  const byHand = portfolio.kind === 'tracked' && portfolio.archivedAt === null;
  return (
    <>
      <TransactionsPanel
        portfolio={portfolio}
        filter={{ search, type, from, to, sort }}
        onFilter={(filter) => {
          const said = Object.entries(filter).filter(([, value]) => value !== undefined);
          void navigate({
            to: '/portfolios/$portfolioId/$view',
            params: { portfolioId: portfolio.id, view: 'transactions' },
            search: Object.fromEntries(said),
            replace: true,
          });
        }}
        {...(byHand
          ? {
              action: (
                <Button
                  look="primary"
                  icon="plus"
                  onClick={() => {
                    setAdding(true);
                  }}
                >
                  {t('transactions.add')}
                </Button>
              ),
              rowAction: (transaction) => (
                <span className="row-actions">
                  <CorrectTransaction portfolio={portfolio} transaction={transaction} onCorrect={setCorrecting} />
                  <RemoveTransaction portfolio={portfolio} transaction={transaction} />
                </span>
              ),
            }
          : {})}
      />
      <TransactionDialog
        portfolio={portfolio}
        open={adding || correcting !== null}
        correcting={correcting}
        onClose={() => {
          setAdding(false);
          setCorrecting(null);
        }}
      />
    </>
  );
}
