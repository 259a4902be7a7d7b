import type { ColumnMapping, Portfolio, Statement } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge } from '../../ui/badge.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Figure, Money } from '../../ui/figures/figures.tsx';
import { formatCount } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ColumnForm } from './column-form.tsx';
import { ConfirmStatement } from './confirm-statement.tsx';
import { StatementRows } from './statement-rows.tsx';
import { UnknownInstruments } from './unknown-instruments.tsx';
import { statementKey } from './statement-query.ts';

interface StatementReviewProps {
  readonly statement: Statement;
  readonly portfolio: Portfolio;
  /** The file itself while it is at hand, so that it can be read again with other words; not after the page was loaded anew. */
  readonly file: File | null;
  readonly onRead: (statement: Statement, file: File) => void;
}

const OUTCOMES = ['record', 'recorded', 'duplicate', 'unresolved', 'problem', 'passed'] as const;

/** What each row of a file would become, what has to be said first, and the way to record it. */
export function StatementReview({ statement, portfolio, file, onRead }: StatementReviewProps) {
  const { t } = useTranslation();
  const [symbols, setSymbols] = useState<Readonly<Record<string, string>>>({});
  const again = useReadAgain({ statement, file, onRead });
  const done = statement.status === 'done';
  return (
    <>
      <section className="card" aria-labelledby="statement">
        <div className="card-head">
          <h2 id="statement" className="truncate">
            {statement.fileName}
          </h2>
          <span className="row tight" role="status">
            <Badge look="soft">{statement.formatTitle}</Badge>
            <Badge look={done ? 'ok' : 'accent'}>{t(done ? 'statements.done' : 'statements.previewed')}</Badge>
          </span>
        </div>
        <Counts statement={statement} />
        <FormProblem text={again.error === null ? null : describeError(again.error, t).detail} />
        {done && (
          <div className="row">
            <p className="row tight ok-text">
              <Icon name="check" size={16} /> {t('statements.recordedText', { count: statement.counts.recorded, name: portfolio.name })}
            </p>
            <Link className="button" to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'transactions' }}>
              {t('statements.seeTransactions')}
            </Link>
            <Link className="button" to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: 'gains' }}>
              {t('statements.seeGains')}
            </Link>
          </div>
        )}
      </section>
      {!done && statement.columns.length > 0 && file !== null && (
        <ColumnForm
          key={statement.id}
          statement={statement}
          busy={again.isPending}
          onMapping={(mapping) => {
            again.mutate({ mapping, symbols });
          }}
        />
      )}
      {!done && statement.unresolved.length > 0 && (
        <UnknownInstruments
          statement={statement}
          symbols={symbols}
          onSymbols={setSymbols}
          busy={again.isPending}
          {...(file === null
            ? {}
            : {
                onCheck: () => {
                  again.mutate({ symbols, ...(statement.mapping === null ? {} : { mapping: statement.mapping }) });
                },
              })}
        />
      )}
      {!done && <ConfirmStatement statement={statement} symbols={symbols} portfolio={portfolio} />}
      {statement.rows.length > 0 && <StatementRows statement={statement} />}
    </>
  );
}

interface Words {
  readonly mapping?: ColumnMapping;
  readonly symbols: Readonly<Record<string, string>>;
}

function useReadAgain({ statement, file, onRead }: Pick<StatementReviewProps, 'statement' | 'file' | 'onRead'>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ mapping, symbols }: Words) => {
      if (file === null) throw new Error('the file is not at hand any more');
      return api.statements.preview(statement.portfolioId, file, {
        format: statement.format,
        ...(mapping === undefined ? {} : { mapping }),
        ...(Object.keys(symbols).length === 0 ? {} : { symbols }),
      });
    },
    onSuccess: (read) => {
      client.setQueryData(statementKey(read.id), read);
      if (file !== null) onRead(read, file);
    },
  });
}

/** How many rows become what, and what they move in cash. */
function Counts({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { counts, totals } = statement;
  const rows: Fact[] = OUTCOMES.filter((name) => counts[name] > 0 || name === 'record').map((name) => ({
    label: t(`statements.outcomes.${name}`),
    method: t(`statements.meaning.${name}`),
    value: <Figure>{formatCount(counts[name], style)}</Figure>,
  }));
  for (const { currency, amount } of totals.cash) {
    rows.push({
      label: t('statements.cash', { currency: currency ?? '' }),
      method: t('statements.cashMeaning'),
      value: <Money value={amount} currency={currency ?? 'USD'} unit="code" />,
    });
  }
  return <Facts rows={rows} />;
}
