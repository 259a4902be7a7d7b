/** Reads the transactions of a report batch by batch, on a connection of its own, all as they were at one moment. */
import pg from 'pg';
import { BATCH } from './report-document.ts';
import type { DatabaseAddress, RowQuery } from './report-input.ts';

export interface TransactionLine {
  readonly id: string;
  readonly type: string;
  readonly instrument_key: number | null;
  readonly quantity: string | null;
  readonly price: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly fee: string;
  readonly tax: string;
  readonly cash_effect: string;
  readonly realized_gain: string | null;
  readonly traded_at: Date;
  readonly recorded_at: Date;
  readonly note: string | null;
  readonly source: string;
}

export interface TypeSum {
  readonly type: string;
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
  readonly fee: string;
  readonly tax: string;
  readonly cash_effect: string;
  readonly realized_gain: string | null;
}

export interface TransactionCursor {
  sums(): Promise<readonly TypeSum[]>;
  /** Once at a time. */
  rows(): AsyncIterable<readonly TransactionLine[]>;
  close(): Promise<void>;
}

export async function openTransactionCursor(address: DatabaseAddress, { text, values }: RowQuery): Promise<TransactionCursor> {
  const { url, ssl } = address;
  const client = new pg.Client({
    connectionString: url,
    application_name: 'holdfast reports',
    ...(ssl === undefined ? {} : { ssl: ssl as pg.ClientConfig['ssl'] }),
  });
  await client.connect();
  // A connection that breaks tells so by the statement under way; unheard, its event would end the thread.
  client.on('error', () => undefined);
  await client.query('begin isolation level repeatable read read only');
  const own = [...values];
  return {
    async sums() {
      const { rows } = await client.query<TypeSum>(
        `select type, currency, count(*)::int as count, sum(amount) as amount, sum(fee) as fee, sum(tax) as tax,
           sum(cash_effect) as cash_effect, sum(realized_gain) as realized_gain
         from (${text}) as found group by type, currency order by type, currency`,
        own,
      );
      return rows;
    },
    async *rows() {
      await client.query(`declare found no scroll cursor for ${text}`, own);
      for (;;) {
        const { rows } = await client.query<TransactionLine>(`fetch ${BATCH} from found`);
        if (rows.length === 0) break;
        yield rows;
      }
      await client.query('close found');
    },
    close: () => client.end(),
  };
}
