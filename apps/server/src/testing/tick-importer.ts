/** An administrator who uploads tick files, and what became of them in the database. */
import type { TickImport } from '@holdfast/contract/imports';
import { expect } from 'vitest';
import type { TestUser } from './builders.ts';
import { multipartForm } from './multipart-form.ts';
import type { TestApp } from './test-app.ts';
import type { TestAnswer } from './test-client.ts';

export const TICK_HEADER = 'Ticker,Date,Time,LTP,BuyPrice,BuyQty,SellPrice,SellQty,LTQ,OpenInterest';

export type TickFile = Buffer | Uint8Array | string;

export interface Sending {
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, string>>;
  readonly user?: TestUser;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TickImporter {
  readonly admin: TestUser;
  send(content: TickFile, sending?: Sending): Promise<TestAnswer>;
  /** Waits for the import to end. */
  ended(id: string): Promise<TickImport>;
  /** Sent, taken and ended. */
  imported(content: TickFile, sending?: Sending): Promise<TickImport>;
}

export async function tickImporter(app: TestApp): Promise<TickImporter> {
  const admin = await app.user('importer', 'admin');
  const send: TickImporter['send'] = (content, { fileName = 'ticks.csv', fields = {}, user = admin, headers = {} } = {}) => {
    const form = multipartForm({ name: fileName, content: Buffer.from(content) }, fields);
    return app.as(user).post('imports/ticks', undefined, { ...form, headers: { ...form.headers, ...headers } });
  };
  const ended: TickImporter['ended'] = async (id) => {
    // The answer to a GET of a running one comes at once, so it is asked again.
    for (;;) {
      const found = (await app.as(admin).get(`imports/${id}`)).as<TickImport>();
      if (found.status === 'done' || found.status === 'failed') return found;
    }
  };
  return {
    admin,
    send,
    ended,
    async imported(content, sending) {
      const answer = await send(content, sending);
      expect(answer.text).toContain('importId');
      expect(answer.status).toBe(202);
      return ended(answer.as<{ importId: string }>().importId);
    },
  };
}

/** A row of a tick file. */
export function tickRow(ticker: string, figures = '100,99,10,101,20,5,0', at = '05/01/2026,10:00:00'): string {
  return `${ticker},${at},${figures}`;
}

export async function ticksOf({ db }: Pick<TestApp, 'db'>, symbol: string) {
  return db
    .selectFrom('ticks')
    .innerJoin('instruments', 'instruments.key', 'ticks.instrument_key')
    .select(['ticks.at', 'ticks.number', 'ticks.last', 'ticks.bid', 'ticks.bid_size', 'ticks.ask', 'ticks.last_size', 'ticks.flags'])
    .where('instruments.symbol', '=', symbol)
    .orderBy('ticks.at')
    .orderBy('ticks.number')
    .execute();
}
