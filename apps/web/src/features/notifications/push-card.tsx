import type { NotificationPreferences, PushSubscriptionEntry } from '@holdfast/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/api.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { describeError } from '../../ui/describe-error.ts';
import { Moment } from '../../ui/figures/age.tsx';
import { Loaded, Notice } from '../../ui/states.tsx';
import { showToast } from '../../ui/toast.tsx';
import { isSubscribed, knowsPush, subscribeToPush, unsubscribeFromPush } from './browser-push.ts';
import type { PushFault } from './browser-push.ts';
import { pushSubscriptionsQuery } from './notification-queries.ts';

const OWN_KEY = ['push-here'] as const;

/** Asks the browser only when the button is pressed. */
export function PushCard({ preferences }: { readonly preferences: NotificationPreferences }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [fault, setFault] = useState<PushFault | null>(knowsPush() ? null : 'unsupported');
  const here = useQuery({ queryKey: OWN_KEY, queryFn: isSubscribed });
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: OWN_KEY });
    await client.invalidateQueries({ queryKey: pushSubscriptionsQuery.queryKey });
  };
  const onError = (error: Error): void => {
    showToast({ look: 'danger', text: describeError(error, t).detail });
  };
  const turnOn = useMutation({
    mutationFn: () => subscribeToPush(preferences.pushPublicKey),
    onSuccess: (met) => {
      setFault(met);
      if (met === null) showToast({ look: 'ok', text: t('push.done') });
    },
    onError,
    onSettled: refresh,
  });
  const turnOff = useMutation({
    mutationFn: unsubscribeFromPush,
    onSuccess: () => {
      showToast({ look: 'ok', text: t('push.ended') });
    },
    onError,
    onSettled: refresh,
  });
  const isOn = here.data === true;
  return (
    <section className="card" aria-labelledby="push">
      <h2 id="push">{t('push.title')}</h2>
      <p className="muted">{t('push.text')}</p>
      {fault !== null && <Notice look="warn">{t(`push.${fault}`)}</Notice>}
      {isOn && <p className="ok-text">{t('push.isOn')}</p>}
      {fault !== 'unsupported' && (
        <div className="row">
          {isOn ? (
            <Button
              busy={turnOff.isPending}
              onClick={() => {
                turnOff.mutate();
              }}
            >
              {t('push.off')}
            </Button>
          ) : (
            <Button
              busy={turnOn.isPending}
              onClick={() => {
                turnOn.mutate();
              }}
            >
              {t('push.on')}
            </Button>
          )}
        </div>
      )}
      <Browsers />
    </section>
  );
}

function Browsers() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const query = useQuery(pushSubscriptionsQuery);
  const remove = useMutation({
    mutationFn: (entry: PushSubscriptionEntry) => api.notifications.removePushSubscription(entry.id),
    onSuccess: () => {
      showToast({ look: 'ok', text: t('push.removed') });
    },
    onError: (error) => {
      showToast({ look: 'danger', text: describeError(error, t).detail });
    },
    onSettled: () => client.invalidateQueries({ queryKey: pushSubscriptionsQuery.queryKey }),
  });
  return (
    <Loaded query={query} height={48}>
      {(entries) =>
        entries.length === 0 ? null : (
          <>
            <h3>{t('push.browsers')}</h3>
            <ul className="stack">
              {entries.map((entry) => (
                <li className="row between" key={entry.id}>
                  <div className="grow">
                    <div className="truncate">{entry.userAgent === '' ? t('push.unknown') : entry.userAgent}</div>
                    <div className="small faint">
                      {entry.host} · {t('push.since')} <Moment at={entry.createdAt} />
                    </div>
                  </div>
                  <Button
                    size="small"
                    busy={remove.isPending && remove.variables.id === entry.id}
                    onClick={() => {
                      remove.mutate(entry);
                    }}
                  >
                    {t('push.remove')}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )
      }
    </Loaded>
  );
}
