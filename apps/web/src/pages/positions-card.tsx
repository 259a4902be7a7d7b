import type { Portfolio } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { positionsQuery } from '../api/queries.ts';
import { PositionsTable } from '../features/portfolios/positions-table.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { EmptyState, Loaded } from '../ui/states.tsx';

/** What one portfolio holds; a newcomer is led to the first thing to do. */
export function PositionsCard({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const positions = useQuery(positionsQuery(portfolio.id));
  return (
    <section className="card flush" aria-labelledby="positions">
      <div className="card-head">
        <h2 id="positions">{t('positions.title')}</h2>
      </div>
      <Loaded query={positions} height={160}>
        {(rows) =>
          rows.length === 0 ? <NoPositions portfolio={portfolio} /> : <PositionsTable portfolio={portfolio} positions={rows} compact />
        }
      </Loaded>
    </section>
  );
}

function NoPositions({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const paper = portfolio.kind === 'paper';
  return (
    <EmptyState
      icon={paper ? 'trade' : 'portfolio'}
      title={t(paper ? 'positions.nonePaper' : 'positions.noneTracked')}
      action={
        paper ? (
          <Link className="button primary" to="/trade" search={{ portfolio: portfolio.id }}>
            {t('ticket.first')}
          </Link>
        ) : (
          <Link className="button primary" to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'transactions' }}>
            {t('transactions.add')}
          </Link>
        )
      }
    >
      {t(paper ? 'positions.nonePaperText' : 'positions.noneTrackedText')}
    </EmptyState>
  );
}
