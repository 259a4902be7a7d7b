import { path, type HttpClient, type QueryValue } from '../http-client.ts';
import type {
  AdminDelivery,
  AdminDeliveryQuery,
  AdminInstrumentQuery,
  AdminJob,
  AdminJobQuery,
  AdminPrice,
  AdminPriceQuery,
  AdminUser,
  AdminUserChange,
  AdminUserQuery,
  Announcement,
  AuditEntry,
  AuditQuery,
  InstrumentChange,
  NewAnnouncement,
  ProviderReport,
  SentNotification,
  SentNotificationQuery,
  SystemReport,
} from '../wire/admin.ts';
import type { Instrument } from '../wire/market.ts';
import type { Page, PageQuery } from '../wire/page.ts';

/** What administrators do. */
export function adminCalls(http: HttpClient) {
  const list =
    <Query extends object, Item>(address: string) =>
    (query: Query, signal?: AbortSignal) =>
      http<Page<Item>>({ method: 'GET', path: address, query: query as Readonly<Record<string, QueryValue>>, signal });
  return Object.freeze({
    users: list<AdminUserQuery, AdminUser>('/admin/users'),
    changeUser: (id: string, body: AdminUserChange) => http<AdminUser>({ method: 'PATCH', path: path('/admin/users/{}', id), body }),
    instruments: list<AdminInstrumentQuery, Instrument>('/instruments'),
    changeInstrument: (symbol: string, body: InstrumentChange) =>
      http<Instrument>({ method: 'PATCH', path: path('/instruments/{}', symbol), body }),
    prices: list<AdminPriceQuery, AdminPrice>('/admin/prices'),
    notifications: list<SentNotificationQuery, SentNotification>('/admin/notifications'),
    deliveries: list<AdminDeliveryQuery, AdminDelivery>('/admin/deliveries'),
    retryDelivery: (id: string) => http<AdminDelivery>({ method: 'POST', path: path('/admin/deliveries/{}/retry', id) }),
    providers: (signal?: AbortSignal) => http<ProviderReport>({ method: 'GET', path: '/admin/providers', signal }),
    jobs: list<AdminJobQuery, AdminJob>('/admin/jobs'),
    retryJob: (id: string) => http<AdminJob>({ method: 'POST', path: path('/admin/jobs/{}/retry', id) }),
    removeJob: (id: string) => http<undefined>({ method: 'DELETE', path: path('/admin/jobs/{}', id) }),
    audit: list<AuditQuery, AuditEntry>('/admin/audit'),
    /** Where a browser fetches the record as CSV, below the base address. */
    auditCsvPath: (query: AuditQuery) => {
      const given = Object.entries(query).filter(([, value]) => value !== undefined);
      const text = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
      return `/admin/audit.csv${text === '' ? '' : `?${text}`}`;
    },
    system: (signal?: AbortSignal) => http<SystemReport>({ method: 'GET', path: '/admin/system', signal }),
    announcements: list<PageQuery, Announcement>('/admin/announcements'),
    announce: (body: NewAnnouncement, key: string) =>
      http<Announcement>({ method: 'POST', path: '/admin/announcements', body, idempotencyKey: key }),
  });
}
