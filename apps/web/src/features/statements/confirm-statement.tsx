import type { Portfolio, Statement } from '@holdfast/sdk';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, newKey } from '../../api/api.ts';
import { portfolioKey, portfoliosKey } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { stream } from '../../live/stream.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { FormProblem } from '../../ui/forms/form-problem.tsx';
import { Notice } from '../../ui/states.tsx';
import { statementKey } from './statement-query.ts';

interface ConfirmStatementProps {
  readonly statement: Statement;
  readonly symbols: Readonly<Record<string, string>>;
  readonly portfolio: Portfolio;
}

/** Records the file: all rows or none. What stands in the way is named, and left out only when that is said. */
export function ConfirmStatement({ statement, symbols, portfolio }: ConfirmStatementProps) {
  const { t } = useTranslation();
  const [leaveOut, setLeaveOut] = useState(false);
  const open = openRows(statement, symbols);
  const confirm = useConfirm(statement, portfolio.id);
  const progress = useProgress(statement.id, confirm.isPending);
  const nothing = statement.counts.record === 0 && open === statement.counts.problem + statement.counts.unresolved;
  return (
    <section className="card" aria-label={t('statements.confirm')}>
      <FormProblem text={confirm.error === null ? null : describeError(confirm.error, t).detail} />
      {nothing && <Notice>{t('statements.nothing')}</Notice>}
      {open > 0 && (
        <label className="check">
          <input
            type="checkbox"
            checked={leaveOut}
            onChange={(event) => {
              setLeaveOut(event.target.checked);
            }}
          />
          <span>{t('statements.leaveOut', { count: open })}</span>
        </label>
      )}
      {confirm.isPending && (
        <progress className="progress" aria-label={t('statements.progress')} {...(progress === null ? {} : { value: progress, max: 1 })} />
      )}
      <div className="row end">
        <Button
          look="primary"
          icon="check"
          busy={confirm.isPending}
          disabled={nothing || (open > 0 && !leaveOut)}
          onClick={() => {
            confirm.mutate({
              ...(Object.keys(symbols).length === 0 ? {} : { symbols }),
              ...(leaveOut && open > 0 ? { leaveOut: 'problems' } : {}),
            });
          }}
        >
          {t('statements.confirmInto', { count: statement.counts.record, name: portfolio.name })}
        </Button>
      </div>
    </section>
  );
}

/** Rows that cannot be recorded yet; an instrument that was named meanwhile does not stand in the way. */
function openRows(statement: Statement, symbols: Readonly<Record<string, string>>): number {
  const unnamed = statement.unresolved.filter((found) => symbols[found.writtenAs] === undefined);
  return statement.counts.problem + unnamed.reduce((sum, found) => sum + found.rows, 0);
}

function useConfirm(statement: Statement, portfolioId: string) {
  const client = useQueryClient();
  const [key, setKey] = useState(newKey);
  return useMutation({
    mutationFn: (body: Parameters<typeof api.statements.confirm>[1]) => api.statements.confirm(statement.id, body, key),
    onSuccess: async (recorded) => {
      client.setQueryData(statementKey(statement.id), recorded);
      await client.invalidateQueries({ queryKey: portfolioKey(portfolioId) });
      await client.invalidateQueries({ queryKey: portfoliosKey });
    },
    onError: () => {
      setKey(newKey());
    },
  });
}

/** How far the recording is, as the stream tells it; null until it does. */
function useProgress(id: string, busy: boolean): number | null {
  const [progress, setProgress] = useState<number | null>(null);
  useEffect(() => {
    if (!busy) return undefined;
    return stream.subscribe(`imports:${id}`, (message) => {
      const fact: unknown = message.kind === 'restart' ? null : message.data;
      if (typeof fact === 'object' && fact !== null && 'progress' in fact && typeof fact.progress === 'number') setProgress(fact.progress);
    });
  }, [id, busy]);
  return progress;
}
