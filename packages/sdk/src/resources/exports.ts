import { path, type HttpClient } from '../http-client.ts';
import type { AccountExport, AccountImport, ExportQuery } from '../wire/export.ts';
import type { Page } from '../wire/page.ts';

const UPLOAD_MS = 600_000;

/** Everything of the user as one zip, and such a zip brought into the account. */
export function exportCalls(http: HttpClient) {
  return Object.freeze({
    create: (key: string) => http<AccountExport>({ method: 'POST', path: '/me/exports', idempotencyKey: key }),
    list: (query: ExportQuery, signal?: AbortSignal) =>
      http<Page<AccountExport>>({ method: 'GET', path: '/me/exports', query: { ...query }, signal }),
    get: (id: string, signal?: AbortSignal) => http<AccountExport>({ method: 'GET', path: path('/me/exports/{}', id), signal }),
    remove: (id: string) => http<undefined>({ method: 'DELETE', path: path('/me/exports/{}', id) }),
    /** Where a browser fetches the zip of an export that is done, below the base address. */
    contentPath: (id: string) => path('/me/exports/{}/content', id),
    bringIn: (file: File, onProgress?: (share: number) => void) => {
      const form = new FormData();
      form.set('file', file, file.name);
      return http<AccountImport>({ method: 'POST', path: '/me/imports/export', form, onProgress, timeoutMs: UPLOAD_MS });
    },
  });
}
