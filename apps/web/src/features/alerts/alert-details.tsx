import type { Alert, AlertEvent, Portfolio } from '@holdfast/sdk';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Moment } from '../../ui/figures/age.tsx';
import { Figure, Missing, Price } from '../../ui/figures/figures.tsx';
import { useFigureStyle } from '../../ui/figures/use-figure-style.ts';
import { EmptyState, Loaded, Notice } from '../../ui/states.tsx';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { showToast } from '../../ui/toast.tsx';
import { draftOf } from './alert-draft.ts';
import { AlertForm } from './alert-form.tsx';
import { AlertState } from './alert-list.tsx';
import { alertEventsQuery, alertQuery, alertsKey } from './alert-queries.ts';
import { sentenceOf, valueText } from './alert-sentence.ts';

interface DetailsProps {
  readonly id: string;
  readonly portfolios: readonly Portfolio[];
  readonly onGone: () => void;
}

/** One alert: what it asks, how it stands, what it answered, and what can be done with it. */
export function AlertDetails({ id, portfolios, onGone }: DetailsProps) {
  const query = useQuery(alertQuery(id));
  return (
    <Loaded query={query} height={320}>
      {(alert) => <Opened alert={alert} portfolios={portfolios} onGone={onGone} />}
    </Loaded>
  );
}

function Opened({ alert, portfolios, onGone }: Omit<DetailsProps, 'id'> & { readonly alert: Alert }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const [editing, setEditing] = useState(false);
  const portfolioName = portfolios.find(({ id }) => id === alert.portfolioId)?.name ?? '';
  const done = (): void => {
    setEditing(false);
  };
  if (editing) return <AlertForm alert={alert} portfolios={portfolios} onDone={done} />;
  return (
    <div className="stack">
      <p className="lead">{sentenceOf(draftOf(alert), { t, style, portfolioName })}</p>
      <div className="row">
        <AlertState alert={alert} />
        {alert.price !== null && (
          <span className="muted">
            {t('alerts.priceNow')} <Price value={alert.price} {...(alert.currency === null ? {} : { currency: alert.currency })} />
          </span>
        )}
        {alert.snoozedUntil !== null && Date.parse(alert.snoozedUntil) > Date.now() && (
          <span className="muted">
            {t('alerts.until')} <Moment at={alert.snoozedUntil} />
          </span>
        )}
        {alert.expiresAt !== null && (
          <span className="muted">
            {t('alerts.expires')} <Moment at={alert.expiresAt} />
          </span>
        )}
      </div>
      {alert.members !== null && <p className="muted">{t('alerts.members', { ...alert.members })}</p>}
      {alert.pausedBecause === 'storm' && <Notice look="warn">{t('alerts.storm')}</Notice>}
      {alert.note !== '' && <p>{alert.note}</p>}
      <Actions
        alert={alert}
        onGone={onGone}
        onEdit={() => {
          setEditing(true);
        }}
      />
      <h3>{t('alerts.history')}</h3>
      <History alert={alert} />
    </div>
  );
}

const HOUR_MS = 3_600_000;
const SNOOZES = [1, 24, 168] as const;

/** Changes of the alert; each is read anew afterwards. Removing can be undone while its toast is there. */
function useAlertActions(alert: Alert, onGone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const fresh = (): Promise<void> => client.invalidateQueries({ queryKey: alertsKey });
  const onError = (error: unknown): void => {
    showToast({ look: 'danger', text: describeError(error, t).detail });
  };
  const act = useMutation({ mutationFn: (work: () => Promise<unknown>) => work(), onSuccess: fresh, onError });
  const restore = { label: t('action.undo'), run: () => void api.alerts.restore(alert.id).then(fresh, onError) };
  const remove = useMutation({
    mutationFn: () => api.alerts.remove(alert.id),
    onError,
    onSuccess: async () => {
      onGone();
      showToast({ look: 'ok', text: t('alerts.removed'), action: restore });
      await fresh();
    },
  });
  return { act, remove };
}

function Actions({ alert, onGone, onEdit }: { readonly alert: Alert; readonly onGone: () => void; readonly onEdit: () => void }) {
  const { t } = useTranslation();
  const { act, remove } = useAlertActions(alert, onGone);
  const isActive = alert.status === 'active';
  const isSnoozed = isActive && alert.snoozedUntil !== null && Date.parse(alert.snoozedUntil) > Date.now();
  const snooze = (until: string | null) => (): void => {
    act.mutate(() => api.alerts.snooze(alert.id, until));
  };
  return (
    <div className="row">
      <Button icon="edit" onClick={onEdit}>
        {t('alerts.edit')}
      </Button>
      <Button
        busy={act.isPending}
        onClick={() => {
          act.mutate(() => (isActive ? api.alerts.deactivate(alert.id) : api.alerts.activate(alert.id)));
        }}
      >
        {t(isActive ? 'alerts.pause' : 'alerts.activate')}
      </Button>
      {isActive && alert.members !== null && alert.members.fired + alert.members.paused > 0 && (
        <Button
          busy={act.isPending}
          onClick={() => {
            act.mutate(() => api.alerts.activate(alert.id));
          }}
        >
          {t('alerts.askAgain')}
        </Button>
      )}
      {isSnoozed && <Button onClick={snooze(null)}>{t('alerts.wake')}</Button>}
      {isActive && !isSnoozed && (
        <SnoozeChoice
          onChoose={(hours) => {
            snooze(new Date(Date.now() + hours * HOUR_MS).toISOString())();
          }}
        />
      )}
      <Button
        look="plain"
        icon="trash"
        busy={remove.isPending}
        onClick={() => {
          remove.mutate();
        }}
      >
        {t('alerts.remove')}
      </Button>
    </div>
  );
}

function SnoozeChoice({ onChoose }: { readonly onChoose: (hours: number) => void }) {
  const { t } = useTranslation();
  return (
    <select
      className="input compact"
      aria-label={t('alerts.snooze')}
      value=""
      onChange={(event) => {
        const hours = Number(event.target.value);
        if (hours > 0) onChoose(hours);
      }}
    >
      <option value="">{t('alerts.snooze')}</option>
      {SNOOZES.map((hours) => (
        <option key={hours} value={hours}>
          {hours < 24 ? t('alerts.hours', { count: hours }) : t('alerts.days', { count: hours / 24 })}
        </option>
      ))}
    </select>
  );
}

function History({ alert }: { readonly alert: Alert }) {
  const { t } = useTranslation();
  const { style } = useFigureStyle();
  const query = useInfiniteQuery(alertEventsQuery(alert.id));
  const columns: Column<AlertEvent>[] = [
    { id: 'at', header: t('alerts.when'), cell: (row) => <Moment at={row.at} /> },
    ...(alert.watchlistId === null
      ? []
      : [{ id: 'symbol', header: t('alerts.symbol'), cell: (row: AlertEvent) => row.symbol ?? <Missing /> }]),
    {
      id: 'before',
      header: t('alerts.before'),
      end: true,
      cell: (row) => (row.before === null ? <Missing /> : <Figure>{valueText(alert, row.before, style)}</Figure>),
    },
    { id: 'value', header: t('alerts.after'), end: true, cell: (row) => <Figure>{valueText(alert, row.value, style)}</Figure> },
    {
      id: 'price',
      header: t('alerts.price'),
      end: true,
      wideOnly: true,
      cell: (row) => <Price value={row.price} {...(alert.currency === null ? {} : { currency: alert.currency })} />,
    },
  ];
  return (
    <Loaded query={query} height={120}>
      {({ pages }) => {
        const rows = pages.flatMap((page) => page.items);
        if (rows.length === 0) return <EmptyState title={t('alerts.noEvents')}>{t('alerts.noEventsText')}</EmptyState>;
        return (
          <>
            <DataTable caption={t('alerts.history')} columns={columns} rows={rows} rowKey={(row) => row.id} />
            {query.hasNextPage && (
              <Button size="small" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('table.more')}
              </Button>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
