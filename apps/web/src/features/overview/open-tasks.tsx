import type { Portfolio } from '@holdfast/sdk';
import { Link } from '@tanstack/react-router';
import { useQueries } from '@tanstack/react-query';
import { qualityQuery, summaryQuery } from '../../api/queries.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, LoadingState } from '../../ui/states.tsx';
import { tasksOf, type Task } from './tasks-of.ts';

/** What waits for the reader: records to mend, prices that are missing, portfolios that hold nothing yet. */
export function OpenTasks({ portfolios }: { readonly portfolios: readonly Portfolio[] }) {
  const { t } = useTranslation();
  const findings = useQueries({ queries: portfolios.map((portfolio) => qualityQuery(portfolio.id)) });
  const summaries = useQueries({ queries: portfolios.map((portfolio) => summaryQuery(portfolio.id)) });
  const ready = [...findings, ...summaries].every((query) => !query.isPending);
  const tasks = portfolios.flatMap((portfolio, index) =>
    tasksOf(portfolio, { findings: findings[index]?.data ?? [], summary: summaries[index]?.data }),
  );
  return (
    <section className="card" aria-labelledby="tasks">
      <h2 id="tasks">{t('home.tasks')}</h2>
      {!ready ? (
        <LoadingState height={120} />
      ) : tasks.length === 0 ? (
        <EmptyState icon="check" title={t('home.noTasks')}>
          {t('home.noTasksText')}
        </EmptyState>
      ) : (
        <ul className="home-list">
          {tasks.map((task) => (
            <TaskLine key={`${task.kind} ${task.portfolio.id}`} task={task} />
          ))}
        </ul>
      )}
    </section>
  );
}

const VIEWS = { mend: 'quality', price: 'positions', record: 'transactions' } as const;

function TaskLine({ task }: { readonly task: Task }) {
  const { t } = useTranslation();
  const { portfolio, kind, count } = task;
  return (
    <li>
      <Link to="/portfolios/$portfolioId/$view" params={{ portfolioId: portfolio.id, view: VIEWS[kind] }}>
        {t(`home.task.${kind}`, { count, name: portfolio.name })}
      </Link>
      <Icon name="chevron-right" size={16} />
    </li>
  );
}
