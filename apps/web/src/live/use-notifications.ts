import type { NotificationEvent } from '@holdfast/sdk';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { notificationsKey, unreadQuery } from '../api/queries.ts';
import { useTranslation } from '../i18n/use-translation.ts';
import { preferences } from '../preferences/preferences-store.ts';
import { hideAmounts } from '../ui/figures/hide-amounts.ts';
import { showToast } from '../ui/toast.tsx';
import { stream } from './stream.ts';

const JUST_MS = 3_000;

/** Keeps the count current, makes the list be read anew, and says what has just come. */
export function useNotifications(): void {
  const client = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation();
  useEffect(
    () =>
      stream.subscribe('notifications', (message) => {
        void client.invalidateQueries({ queryKey: notificationsKey });
        if (message.kind === 'restart') return void client.invalidateQueries({ queryKey: unreadQuery.queryKey });
        const unread = unreadIn(message.data);
        if (unread !== null) client.setQueryData(unreadQuery.queryKey, { unread });
        if (message.kind !== 'event' || !isEvent(message.data) || message.data.type !== 'added') return undefined;
        const { notification } = message.data;
        const { kind, link, severity, title } = notification;
        if (kind === 'fill' && hasJustPlaced(client)) return undefined;
        showToast({
          look: severity === 'critical' ? 'danger' : 'plain',
          text: hideAmounts(title, { kind, hidden: preferences().hideAmounts }),
          ...(link === null ? {} : { action: { label: t('notifications.open'), run: () => router.history.push(link) } }),
        });
      }),
    [client, router, t],
  );
}

/** An order that was placed in this window says itself what became of it. */
function hasJustPlaced(client: QueryClient): boolean {
  const since = Date.now() - JUST_MS;
  return client
    .getMutationCache()
    .getAll()
    .some(({ state: { submittedAt, variables } }) => {
      return submittedAt > since && typeof variables === 'object' && variables !== null && 'order' in variables;
    });
}

function unreadIn(data: unknown): number | null {
  return typeof data === 'object' && data !== null && 'unread' in data && typeof data.unread === 'number' ? data.unread : null;
}

function isEvent(data: unknown): data is NotificationEvent {
  return typeof data === 'object' && data !== null && 'type' in data;
}
