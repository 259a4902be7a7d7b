import { path, type HttpClient } from '../http-client.ts';
import type { ImportSummary, TickImport } from '../wire/import.ts';
import type { Page, PageQuery } from '../wire/page.ts';

/** Files of ticks; administrators only. */
export function importCalls(http: HttpClient) {
  return Object.freeze({
    uploadTicks: (file: File, key: string) => {
      const form = new FormData();
      form.set('file', file, file.name);
      return http<{ readonly importId: string }>({ method: 'POST', path: '/imports/ticks', form, idempotencyKey: key });
    },
    list: (query: PageQuery, signal?: AbortSignal) =>
      http<Page<ImportSummary>>({ method: 'GET', path: '/imports', query: { ...query }, signal }),
    get: (id: string, signal?: AbortSignal) => http<TickImport>({ method: 'GET', path: path('/imports/{}', id), signal }),
  });
}
