import type { QualityIssue } from '@holdfast/sdk';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { qualityQuery } from '../../api/queries.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ListTools, PAGE_SIZE } from '../../ui/tables/list-table.tsx';
import { viewRows, type ListRules, type ListView } from '../../ui/tables/list-view.ts';
import { Pagination } from '../../ui/tables/pagination.tsx';
import { readSorting, writeSorting, type SortValue } from '../../ui/tables/sort-rows.ts';
import './quality-list.css';

type Severity = QualityIssue['severity'];
const SEVERITIES = ['high', 'medium', 'low'] as const satisfies readonly Severity[];
const LOOKS: Record<Severity, BadgeLook> = { high: 'danger', medium: 'warn', low: 'plain' };

export const QUALITY_COLUMNS = ['severity', 'at'] as const;
export const GRAVEST_FIRST = { column: 'severity', descending: false };
const ORDERS = ['severity', '-at', 'at'] as const;

/** Every check whose words the app knows; one it does not know yet speaks with the server's. */
const CHECKS = [
  'duplicate',
  'future-time',
  'invalid-price',
  'invalid-quantity',
  'missing-currency',
  'negative-cash',
  'out-of-session',
  'price-outside-range',
  'quantity-above-volume',
  'sale-beyond-holding',
  'split-unaccounted',
  'stale-quote',
] as const;

interface QualityListProps {
  readonly portfolioId: string;
  readonly view: ListView;
  readonly onView: (view: ListView) => void;
  /** Stands above the list: which portfolio. */
  readonly choice: ReactNode;
  /** Where the records of a day can be seen and mended. */
  readonly linkTo: (day: string) => ReactNode;
}

/** What may be wrong in a portfolio's data, the most serious first, and what to do about each. */
export function QualityList({ portfolioId, view, onView, choice, linkTo }: QualityListProps) {
  const { t } = useTranslation();
  const query = useQuery(qualityQuery(portfolioId));
  return (
    <>
      <div className="card-head">{choice}</div>
      <Loaded query={query} height={240}>
        {(issues) =>
          issues.length === 0 ? (
            <EmptyState icon="check" title={t('quality.none')}>
              {t('quality.noneText')}
            </EmptyState>
          ) : (
            <Issues issues={issues} view={view} onView={onView} linkTo={linkTo} />
          )
        }
      </Loaded>
    </>
  );
}

function Issues({
  issues,
  view,
  onView,
  linkTo,
}: Pick<QualityListProps, 'view' | 'onView' | 'linkTo'> & { readonly issues: readonly QualityIssue[] }) {
  const { t } = useTranslation();
  const shown = viewRows(issues, view, { ...rulesOf(t), pageSize: PAGE_SIZE });
  const severities = SEVERITIES.map((value) => ({
    value,
    label: `${t(`quality.severity.${value}`)} (${String(issues.filter((issue) => issue.severity === value).length)})`,
  }));
  return (
    <>
      <ListTools
        searchLabel={t('quality.search')}
        kinds={{ label: t('quality.severityTitle'), all: t('quality.severity.all'), options: severities }}
        view={view}
        onView={onView}
      >
        <select
          className="input compact"
          aria-label={t('table.order')}
          value={writeSorting(view.sorting)}
          onChange={(event) => {
            onView({ ...view, page: 0, sorting: readSorting(event.target.value, QUALITY_COLUMNS, GRAVEST_FIRST) });
          }}
        >
          {ORDERS.map((order) => (
            <option key={order} value={order}>
              {t(`quality.order.${order}`)}
            </option>
          ))}
        </select>
      </ListTools>
      {shown.count === 0 && (
        <EmptyState
          title={t('quality.noMatch')}
          action={
            <Button
              onClick={() => {
                onView({ ...view, search: '', kind: null, page: 0 });
              }}
            >
              {t('action.clearFilters')}
            </Button>
          }
        />
      )}
      <ul className="quality-list">
        {shown.rows.map((issue) => (
          <li key={issue.id}>
            <IssueWords issue={issue} linkTo={linkTo} />
          </li>
        ))}
      </ul>
      <Pagination
        page={shown.page}
        pageSize={PAGE_SIZE}
        count={shown.count}
        onPage={(page) => {
          onView({ ...view, page });
        }}
      />
    </>
  );
}

function IssueWords({ issue, linkTo }: { readonly issue: QualityIssue; readonly linkTo: (day: string) => ReactNode }) {
  const { t } = useTranslation();
  const { name, advice } = wordsOf(issue, t);
  return (
    <>
      <div className="row tight">
        <Badge look={LOOKS[issue.severity]}>{t(`quality.severity.${issue.severity}`)}</Badge>
        <span className="strong">{name}</span>
        {issue.at !== null && (
          <span className="small faint">
            <Moment at={issue.at} />
          </span>
        )}
      </div>
      <p lang="en">{issue.description}</p>
      <p className="muted">
        {advice} {issue.at !== null && linkTo(issue.at.slice(0, 10))}
      </p>
    </>
  );
}

function wordsOf(issue: QualityIssue, t: Translate): { readonly name: string; readonly advice: string } {
  const check = CHECKS.find((known) => known === issue.check);
  return check === undefined
    ? { name: issue.check, advice: issue.advice }
    : { name: t(`quality.checks.${check}.name`), advice: t(`quality.checks.${check}.advice`) };
}

function rulesOf(t: Translate): ListRules<QualityIssue> {
  return {
    textOf: (issue) => [issue.description, ...Object.values(wordsOf(issue, t))].join(' '),
    kindOf: (issue) => issue.severity,
    valueOf: (issue, column): SortValue => (column === 'at' ? issue.at : SEVERITIES.indexOf(issue.severity)),
  };
}
