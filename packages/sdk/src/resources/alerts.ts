import { path, type HttpClient } from '../http-client.ts';
import type { Alert, AlertChange, AlertEvent, AlertQuery, AlertSettings, AlertSettingsChange, NewAlert } from '../wire/alert.ts';
import type { Page, PageQuery } from '../wire/page.ts';

/** Alerts: standing questions, and what they answered. */
export function alertCalls(http: HttpClient) {
  const act = (id: string, verb: 'activate' | 'deactivate' | 'restore') =>
    http<Alert>({ method: 'POST', path: `${path('/alerts/{}', id)}/${verb}` });
  return Object.freeze({
    create: (body: NewAlert, key: string) => http<Alert>({ method: 'POST', path: '/alerts', body, idempotencyKey: key }),
    list: (query: AlertQuery, signal?: AbortSignal) => http<Page<Alert>>({ method: 'GET', path: '/alerts', query: { ...query }, signal }),
    get: (id: string, signal?: AbortSignal) => http<Alert>({ method: 'GET', path: path('/alerts/{}', id), signal }),
    change: (id: string, body: AlertChange) => http<Alert>({ method: 'PATCH', path: path('/alerts/{}', id), body }),
    remove: (id: string) => http<undefined>({ method: 'DELETE', path: path('/alerts/{}', id) }),
    activate: (id: string) => act(id, 'activate'),
    deactivate: (id: string) => act(id, 'deactivate'),
    /** Within a day after it was removed. */
    restore: (id: string) => act(id, 'restore'),
    /** Null wakes it. */
    snooze: (id: string, until: string | null) => http<Alert>({ method: 'POST', path: path('/alerts/{}/snooze', id), body: { until } }),
    events: (id: string, query: PageQuery, signal?: AbortSignal) =>
      http<Page<AlertEvent>>({ method: 'GET', path: path('/alerts/{}/events', id), query: { ...query }, signal }),
    settings: (signal?: AbortSignal) => http<AlertSettings>({ method: 'GET', path: '/alert-settings', signal }),
    changeSettings: (body: AlertSettingsChange) => http<AlertSettings>({ method: 'PATCH', path: '/alert-settings', body }),
  });
}
