import type { Portfolio } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQuery } from '@tanstack/react-query';
import { summaryQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { usePortfolioStream } from '../../live/use-portfolio-stream.ts';
import { Badge, PaperBadge } from '../../ui/badge.tsx';
import { Change } from '../../ui/figures/change.tsx';
import { Money } from '../../ui/figures/figures.tsx';
import { ErrorState } from '../../ui/states.tsx';
import './portfolio-cards.css';

export function PortfolioCards({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  return (
    <ul className="portfolio-cards">
      {portfolios.map((portfolio) => (
        <li key={portfolio.id}>
          <PortfolioCard portfolio={portfolio} />
        </li>
      ))}
    </ul>
  );
}

function PortfolioCard({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation();
  const { data: summary, error, refetch } = useQuery(summaryQuery(portfolio.id));
  usePortfolioStream(portfolio.archivedAt === null ? portfolio.id : null);
  const currency = portfolio.baseCurrency;
  return (
    <Link className="card portfolio-card" to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'overview' }}>
      <span className="row between">
        <span className="strong truncate grow">{portfolio.name}</span>
        {portfolio.kind === 'paper' && <PaperBadge />}
        {portfolio.archivedAt !== null && <Badge look="soft">{t('portfolio.archived')}</Badge>}
      </span>
      {error !== null && summary === undefined ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <span className="large-figure">
            {summary === undefined ? (
              <span className="skeleton figure-room" />
            ) : (
              <Money value={summary.totalValue} currency={currency} unit="symbol" large />
            )}
          </span>
          <span className="row between">
            {summary === undefined ? (
              <span className="faint">{t('state.loading')}</span>
            ) : (
              <Change amount={summary.dayChange} currency={currency} unit="symbol" percent={summary.dayChangePercent} />
            )}
            <span className="small faint">
              {summary !== undefined && t('portfolio.positionCount', { count: summary.positions })} · {currency}
            </span>
          </span>
        </>
      )}
    </Link>
  );
}
