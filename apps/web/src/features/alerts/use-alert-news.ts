import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { stream } from '../../live/stream.ts';
import { alertsKey } from './alert-queries.ts';

/** Reads alerts anew when one of them has fired: its notification says so. */
export function useAlertNews(): void {
  const client = useQueryClient();
  useEffect(
    () =>
      stream.subscribe('notifications', (message) => {
        if (message.kind === 'restart' || (message.kind === 'event' && tellsOfAlert(message.data)))
          void client.invalidateQueries({ queryKey: alertsKey });
      }),
    [client],
  );
}

function tellsOfAlert(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('notification' in data)) return false;
  const { notification } = data;
  if (typeof notification !== 'object' || notification === null || !('kind' in notification)) return false;
  return notification.kind === 'alert' || notification.kind === 'marketMove';
}
