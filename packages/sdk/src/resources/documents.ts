import { path, type HttpClient } from '../http-client.ts';
import type { Document, DocumentChange, DocumentQuery, DocumentUsage, DocumentVersion, NewDocument } from '../wire/document.ts';
import type { Page } from '../wire/page.ts';

const UPLOAD_MS = 600_000;

export interface Sending {
  /** Sent again with every try, so that a document is kept once. */
  readonly key: string;
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Documents that a user keeps, with their versions. */
export function documentCalls(http: HttpClient) {
  const send = (to: string, form: FormData, { key, onProgress, signal }: Sending) =>
    http<Document>({ method: 'POST', path: to, form, idempotencyKey: key, onProgress, signal, timeoutMs: UPLOAD_MS });
  return Object.freeze({
    upload: (file: File, notes: NewDocument, sending: Sending) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(notes)) form.set(name, String(value));
      form.set('file', file, file.name);
      return send('/documents', form, sending);
    },
    addVersion: (id: string, file: File, sending: Sending) => {
      const form = new FormData();
      form.set('file', file, file.name);
      return send(path('/documents/{}/versions', id), form, sending);
    },
    list: (query: DocumentQuery, signal?: AbortSignal) =>
      http<Page<Document>>({ method: 'GET', path: '/documents', query: { ...query }, signal }),
    usage: (signal?: AbortSignal) => http<DocumentUsage>({ method: 'GET', path: '/documents/usage', signal }),
    get: (id: string, signal?: AbortSignal) => http<Document>({ method: 'GET', path: path('/documents/{}', id), signal }),
    versions: (id: string, signal?: AbortSignal) =>
      http<{ readonly items: readonly DocumentVersion[] }>({ method: 'GET', path: path('/documents/{}/versions', id), signal }),
    change: (id: string, body: DocumentChange) => http<Document>({ method: 'PATCH', path: path('/documents/{}', id), body }),
    remove: (id: string) => http<undefined>({ method: 'DELETE', path: path('/documents/{}', id) }),
    /** Where a browser fetches the bytes, below the base address. */
    contentPath: (id: string, asked: { readonly version?: number; readonly preview?: true } = {}) => {
      const query = new URLSearchParams(Object.entries(asked).map(([name, value]): [string, string] => [name, String(value)]));
      return `${path('/documents/{}/content', id)}${query.size === 0 ? '' : `?${query.toString()}`}`;
    },
  });
}
