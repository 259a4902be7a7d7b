import { path, type HttpClient } from '../http-client.ts';
import type { Page } from '../wire/page.ts';
import type { NewReport, Report, ReportQuery } from '../wire/report.ts';

/** Files to keep, print and hand to a tax office, made in the background. */
export function reportCalls(http: HttpClient) {
  return Object.freeze({
    create: (body: NewReport, key: string) =>
      http<{ readonly reportId: string }>({ method: 'POST', path: '/reports', body, idempotencyKey: key }),
    list: (query: ReportQuery, signal?: AbortSignal) => http<Page<Report>>({ method: 'GET', path: '/reports', query, signal }),
    get: (id: string, signal?: AbortSignal) => http<Report>({ method: 'GET', path: path('/reports/{}', id), signal }),
    remove: (id: string) => http<undefined>({ method: 'DELETE', path: path('/reports/{}', id) }),
    /** Where a browser fetches the file of a report that is done, below the base address. */
    contentPath: (id: string) => path('/reports/{}/content', id),
  });
}
