import type { Portfolio, Statement } from '@holdfast/sdk';
import { Link, useNavigate } from '@tanstack/react-router';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { portfoliosQuery } from '../api/queries.ts';
import { StatementForm } from '../features/statements/statement-form.tsx';
import { statementKey, statementQuery } from '../features/statements/statement-query.ts';
import { StatementReview } from '../features/statements/statement-review.tsx';
import { useTranslation } from '../i18n/use-translation.ts';
import { statementsRoute } from '../shell/routes.ts';
import { useTitle } from '../shell/use-title.ts';
import { EmptyState, Loaded } from '../ui/states.tsx';

export function StatementsPage() {
  const { t } = useTranslation();
  const query = useQuery(portfoliosQuery);
  useTitle(t('statements.title'));
  return (
    <div className="page">
      <h1>{t('statements.title')}</h1>
      <Loaded query={query} height={240}>
        {(portfolios) => <Statements portfolios={portfolios.filter((portfolio) => portfolio.kind === 'tracked')} />}
      </Loaded>
    </div>
  );
}

/** Drop, look, say what is missing, record. Which file is looked at stands in the address. */
function Statements({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const search = statementsRoute.useSearch();
  const [held, setHeld] = useState<{ readonly id: string; readonly file: File } | null>(null);
  const chosen = portfolios.find((portfolio) => portfolio.id === search.portfolio) ?? portfolios[0];
  if (chosen === undefined) {
    return (
      <EmptyState
        icon="portfolio"
        title={t('statements.noTracked')}
        action={
          <Link className="button primary" to="/portfolios/new" search={{ kind: 'tracked' }}>
            {t('portfolio.new')}
          </Link>
        }
      >
        {t('statements.noTrackedText')}
      </EmptyState>
    );
  }
  const onRead = (statement: Statement, file: File): void => {
    client.setQueryData(statementKey(statement.id), statement);
    setHeld({ id: statement.id, file });
    void navigate({ to: '/statements', search: { portfolio: statement.portfolioId, id: statement.id }, resetScroll: false });
  };
  return (
    <>
      <StatementForm
        portfolios={portfolios}
        portfolioId={chosen.id}
        onPortfolio={(portfolio) => void navigate({ to: '/statements', search: { portfolio }, replace: true })}
        onRead={onRead}
      />
      {search.id !== undefined && (
        <Review key={search.id} id={search.id} portfolios={portfolios} file={held?.id === search.id ? held.file : null} onRead={onRead} />
      )}
    </>
  );
}

interface ReviewProps {
  readonly id: string;
  readonly portfolios: readonly Portfolio[];
  readonly file: File | null;
  readonly onRead: (statement: Statement, file: File) => void;
}

function Review({ id, portfolios, file, onRead }: ReviewProps) {
  const query = useQuery(statementQuery(id));
  return (
    <Loaded query={query} height={320}>
      {(statement) => {
        const portfolio = portfolios.find((known) => known.id === statement.portfolioId);
        return portfolio === undefined ? null : <StatementReview statement={statement} portfolio={portfolio} file={file} onRead={onRead} />;
      }}
    </Loaded>
  );
}
