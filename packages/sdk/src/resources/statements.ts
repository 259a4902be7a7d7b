import { path, type HttpClient } from '../http-client.ts';
import type { ColumnMapping, Statement, StatementConfirmation, StatementFormat } from '../wire/statement.ts';

export interface StatementOptions {
  /** Recognised when left out. */
  readonly format?: StatementFormat;
  readonly mapping?: ColumnMapping;
  /** From what the file writes to a symbol. */
  readonly symbols?: Readonly<Record<string, string>>;
}

/** Brokers' files of transactions: looked at, then confirmed. */
export function statementCalls(http: HttpClient) {
  return Object.freeze({
    preview: (portfolioId: string, file: File, options: StatementOptions = {}) => {
      const form = new FormData();
      form.set('file', file, file.name);
      if (options.format !== undefined) form.set('format', options.format);
      if (options.mapping !== undefined) form.set('mapping', JSON.stringify(options.mapping));
      if (options.symbols !== undefined) form.set('symbols', JSON.stringify(options.symbols));
      return http<Statement>({ method: 'POST', path: path('/portfolios/{}/imports', portfolioId), query: { dryRun: 'true' }, form });
    },
    get: (id: string, signal?: AbortSignal) => http<Statement>({ method: 'GET', path: path('/imports/{}/statement', id), signal }),
    confirm: (id: string, body: StatementConfirmation, key: string) =>
      http<Statement>({ method: 'POST', path: path('/imports/{}/confirm', id), body, idempotencyKey: key }),
    formats: (signal?: AbortSignal) =>
      http<{ readonly items: readonly { readonly format: StatementFormat; readonly title: string }[] }>({
        method: 'GET',
        path: '/statement-formats',
        signal,
      }),
  });
}
