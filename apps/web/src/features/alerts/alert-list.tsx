import type { Alert, AlertQuery, Portfolio } from '@holdfast/sdk';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Translate } from '../../i18n/i18n.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Badge, type BadgeLook } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Moment } from '../../ui/figures/age.tsx';
import { Price } from '../../ui/figures/figures.tsx';
import type { FigureStyle } from '../../ui/figures/format-figure.ts';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { SearchBox } from '../../ui/search-box.tsx';
import { EmptyState, Loaded } from '../../ui/states.tsx';
import { ChoiceBox } from '../../ui/tables/choice-box.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { MoreRows } from '../../ui/tables/more-rows.tsx';
import { readSorting, writeSorting } from '../../ui/tables/sort-rows.ts';
import { draftOf, INSTRUMENT_CONDITIONS, PORTFOLIO_CONDITIONS } from './alert-draft.ts';
import { alertListQuery } from './alert-queries.ts';
import { sentenceOf } from './alert-sentence.ts';
import './alerts.css';

export interface AlertFilter {
  readonly search?: string | undefined;
  readonly status?: AlertQuery['status'] | undefined;
  readonly condition?: AlertQuery['condition'] | undefined;
  readonly sort?: AlertQuery['sort'] | undefined;
}

export const ALERT_STATUSES = ['active', 'fired', 'paused', 'expired'] as const;
export const ALERT_SORTS = ['-createdAt', 'createdAt', '-lastFiredAt', 'lastFiredAt', 'symbol', '-symbol'] as const;
const COLUMNS = ['symbol', 'lastFiredAt', 'createdAt'] as const;
const NEWEST_FIRST = { column: 'createdAt', descending: true };
const LOOKS: Record<Alert['status'], BadgeLook> = { active: 'ok', fired: 'accent', paused: 'warn', expired: 'soft' };

interface ListProps {
  readonly filter: AlertFilter;
  readonly onFilter: (filter: AlertFilter) => void;
  readonly onOpen: (id: string) => void;
  readonly portfolios: readonly Portfolio[];
}

/** All alerts; filter and order stand in the address, more rows come by the page. */
export function AlertList({ filter, onFilter, onOpen, portfolios }: ListProps) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const { sort = '-createdAt', ...asked } = filter;
  const query = useInfiniteQuery(alertListQuery({ ...definedOf(asked), sort, limit: 50 }));
  const isFiltered = [filter.search, filter.status, filter.condition].some((value) => value !== undefined);
  const clear = (): void => {
    onFilter({ sort: filter.sort });
  };
  return (
    <section className="card flush" aria-labelledby="alerts">
      <div className="card-head">
        <h2 id="alerts">{t('alerts.kept')}</h2>
      </div>
      <Filters filter={filter} onFilter={onFilter} />
      <Loaded query={query} height={240}>
        {({ pages }) => {
          const rows = pages.flatMap((page) => page.items);
          if (rows.length === 0)
            return isFiltered ? (
              <EmptyState title={t('alerts.noMatch')} action={<Button onClick={clear}>{t('action.clearFilters')}</Button>} />
            ) : (
              <EmptyState icon="bell" title={t('alerts.none')}>
                {t('alerts.noneText')}
              </EmptyState>
            );
          return (
            <>
              <DataTable
                caption={t('alerts.kept')}
                columns={columnsOf({ t, style, portfolios, onOpen })}
                rows={rows}
                rowKey={(row) => row.id}
                twoLine
                sorting={readSorting(sort, COLUMNS, NEWEST_FIRST)}
                onSort={(next) => {
                  const wished = writeSorting(next);
                  onFilter({ ...filter, sort: ALERT_SORTS.find((one) => one === wished) });
                }}
              />
              <MoreRows query={query} count={rows.length} />
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

function Filters({ filter, onFilter }: Pick<ListProps, 'filter' | 'onFilter'>) {
  const { t } = useTranslation();
  const conditions = [...INSTRUMENT_CONDITIONS, ...PORTFOLIO_CONDITIONS];
  return (
    <div className="toolbar" role="search" aria-label={t('alerts.search')}>
      <SearchBox
        label={t('alerts.search')}
        value={filter.search ?? ''}
        onChange={(search) => {
          onFilter({ ...filter, search: search === '' ? undefined : search });
        }}
      />
      <ChoiceBox
        label={t('alerts.statusTitle')}
        all={t('alerts.allStatuses')}
        value={filter.status}
        options={ALERT_STATUSES.map((value) => ({ value, label: t(`alerts.status.${value}`) }))}
        onChoose={(chosen) => {
          onFilter({ ...filter, status: ALERT_STATUSES.find((status) => status === chosen) });
        }}
      />
      <ChoiceBox
        label={t('alerts.conditionTitle')}
        all={t('alerts.allConditions')}
        value={filter.condition}
        options={conditions.map((value) => ({ value, label: t(`alerts.condition.${value}`) }))}
        onChoose={(chosen) => {
          onFilter({ ...filter, condition: conditions.find((condition) => condition === chosen) });
        }}
      />
    </div>
  );
}

interface ColumnNeeds {
  readonly t: Translate;
  readonly style: FigureStyle;
  readonly portfolios: readonly Portfolio[];
  readonly onOpen: (id: string) => void;
}

function columnsOf({ t, style, portfolios, onOpen }: ColumnNeeds): Column<Alert>[] {
  const nameOf = (alert: Alert): string => portfolios.find(({ id }) => id === alert.portfolioId)?.name ?? '';
  return [
    {
      id: 'symbol',
      header: t('alerts.asks'),
      sortable: true,
      cell: (row) => (
        <div className="alert-asks">
          <button
            type="button"
            className="alert-sentence"
            onClick={() => {
              onOpen(row.id);
            }}
          >
            {sentenceOf(draftOf(row), { t, style, portfolioName: nameOf(row) })}
          </button>
          {row.note !== '' && <span className="small faint">{row.note}</span>}
        </div>
      ),
    },
    {
      id: 'price',
      header: t('alerts.priceNow'),
      end: true,
      wideOnly: true,
      cell: (row) => (
        <Price value={row.price} {...(row.currency === null ? {} : { currency: row.currency })} reason={t('alerts.noPrice')} />
      ),
    },
    {
      id: 'lastFiredAt',
      header: t('alerts.lastFired'),
      sortable: true,
      wideOnly: true,
      cell: (row) => (row.lastFiredAt === null ? <span className="faint">{t('alerts.never')}</span> : <Moment at={row.lastFiredAt} />),
    },
    { id: 'createdAt', header: t('alerts.since'), sortable: true, wideOnly: true, cell: (row) => <Moment at={row.createdAt} /> },
    { id: 'status', header: t('alerts.statusTitle'), end: true, cell: (row) => <AlertState alert={row} /> },
  ];
}

export function AlertState({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation();
  const isSnoozed = alert.status === 'active' && alert.snoozedUntil !== null && Date.parse(alert.snoozedUntil) > Date.now();
  if (isSnoozed) return <Badge look="soft">{t('alerts.snoozed')}</Badge>;
  return <Badge look={LOOKS[alert.status]}>{t(`alerts.status.${alert.status}`)}</Badge>;
}

function definedOf(asked: Omit<AlertFilter, 'sort'>): AlertQuery {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
