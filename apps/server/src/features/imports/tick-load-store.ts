/**
 * One load: everything of a file goes into the database in one transaction, so all of it is there or nothing is.
 * The rows go through COPY into the partition of their day. A partition that is new stands beside the table until it is full and
 * indexed, and is attached at the end: so readers of `ticks` never wait, and the index is built once instead of row by row.
 */
import { openLoadClient } from './load-client-store.ts';
import type { Copy, DatabaseAddress, LoadClient } from './load-client-store.ts';
import { daysText, minutesText } from './staging-text.ts';
import type { TickerDay } from './tick-file/minute-bars.ts';
import type { KnownListing } from './tick-file/ticker-book.ts';

export interface TickLoad {
  readonly client: LoadClient;
  knownListings(): Promise<readonly KnownListing[]>;
  /** Keys for instruments that are not there yet. One that is not used is lost, which costs nothing. */
  takeKeys(count: number): Promise<readonly number[]>;
  /** Encoded rows of one UTC day (days since 1970). */
  writeRows(day: number, rows: readonly Buffer[]): Promise<void>;
  /** Puts the minutes and counts of days aside in the database; a day may come more than once. */
  stage(days: readonly TickerDay[]): Promise<void>;
  /** Indexes and attaches the new partitions. */
  attachPartitions(): Promise<void>;
  commit(): Promise<void>;
  /** Takes everything back, also when the connection is gone. */
  abandon(): Promise<void>;
}

/** One load at a time writes to a database: two would wait for each other's partitions anyway. */
const ONE_LOAD_LOCK = 7_291_444;
const BINARY_HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const BINARY_TRAILER = Buffer.from([0xff, 0xff]);
const DAY_MS = 86_400_000;

const STAGING = `
create temp table staged_minutes (instrument_key integer, day integer, minute integer, open numeric, high numeric, low numeric,
  close numeric, volume numeric, first_at bigint, first_number bigint, last_at bigint, last_number bigint) on commit drop;
create temp table staged_days (instrument_key integer, day integer, zone text, start_at bigint, end_at bigint, tick_count bigint,
  first_at bigint, last_at bigint, inexact boolean) on commit drop`;

/** Waits for the load before it. An aborted signal breaks the connection, whatever it is doing; throws when it was aborted before. */
export async function openTickLoad(address: DatabaseAddress, signal: AbortSignal): Promise<TickLoad> {
  const client = await openLoadClient(address);
  const breakOff = (): void => void client.close().catch(() => undefined);
  signal.addEventListener('abort', breakOff, { once: true });
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', breakOff);
    await client.close();
  };
  try {
    // While it was connecting nobody listened.
    signal.throwIfAborted();
    await client.query('begin');
    await client.query("set local maintenance_work_mem = '256MB'");
    await client.query('select pg_advisory_xact_lock($1)', [ONE_LOAD_LOCK]);
    await client.query(STAGING);
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }
  const rows = createRowCopies(client);
  return {
    client,
    knownListings: () =>
      client.query<{ key: number; symbol: string; exchange: string; isPrimary: boolean }>(
        'select key, symbol, exchange, is_primary as "isPrimary" from instruments where owner_id is null order by key',
      ),
    async takeKeys(count) {
      await rows.end();
      const keys = await client.query<{ key: string | number }>(
        `select nextval(pg_get_serial_sequence('instruments', 'key')) as key from generate_series(1, $1)`,
        [count],
      );
      return keys.map(({ key }) => Number(key));
    },
    writeRows: rows.write,
    async stage(days) {
      await rows.end();
      for (const text of minutesText(days)) await copyText(client, 'staged_minutes', text);
      await copyText(client, 'staged_days', daysText(days));
    },
    attachPartitions: rows.attachPartitions,
    async commit() {
      await rows.end();
      await client.query('commit');
      await close();
    },
    async abandon() {
      // The server rolls back what its client leaves behind, whatever state the session is in.
      await close().catch(() => undefined);
    },
  };
}

/** One COPY at a time, into the partition of the day whose rows come. */
function createRowCopies(client: LoadClient) {
  const partitions = new Map<number, { readonly table: string; readonly isNew: boolean }>();
  let open: { readonly day: number; readonly copy: Copy } | null = null;
  const end = async (): Promise<void> => {
    if (open === null) return;
    const { copy } = open;
    open = null;
    await copy.write(BINARY_TRAILER);
    await copy.end();
  };
  const copyOf = async (day: number): Promise<Copy> => {
    if (open?.day === day) return open.copy;
    await end();
    const partition = partitions.get(day) ?? (await findOrMakePartition(client, day));
    partitions.set(day, partition);
    const copy = client.copy(`copy ${partition.table} from stdin with (format binary${partition.isNew ? ', freeze true' : ''})`);
    open = { day, copy };
    await copy.write(BINARY_HEADER);
    return copy;
  };
  return {
    end,
    async write(day: number, rows: readonly Buffer[]): Promise<void> {
      const copy = await copyOf(day);
      for (const bytes of rows) await copy.write(bytes);
    },
    async attachPartitions(): Promise<void> {
      await end();
      for (const [day, { table, isNew }] of partitions) if (isNew) await attach(client, table, day);
    },
  };
}

async function copyText(client: LoadClient, table: string, text: string): Promise<void> {
  if (text === '') return;
  const copy = client.copy(`copy ${table} from stdin`);
  await copy.write(Buffer.from(text));
  await copy.end();
}

async function findOrMakePartition(client: LoadClient, day: number): Promise<{ readonly table: string; readonly isNew: boolean }> {
  const table = `ticks_${dayText(day).replaceAll('-', '')}`;
  const [found] = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [table]);
  if (found?.there === true) return { table, isNew: false };
  // The check says what the partition's bounds will say, so that attaching it need not read it again.
  await client.query(`create table ${table} (like ticks including defaults,
    constraint ${table}_day check (at >= '${dayText(day)} 00:00+00' and at < '${dayText(day + 1)} 00:00+00'))`);
  return { table, isNew: true };
}

async function attach(client: LoadClient, table: string, day: number): Promise<void> {
  await client.query(`create index ${table}_instrument_at on ${table} (instrument_key, at, number)`);
  await client.query(`alter table ticks attach partition ${table}
    for values from ('${dayText(day)} 00:00+00') to ('${dayText(day + 1)} 00:00+00')`);
  await client.query(`alter table ${table} drop constraint ${table}_day`);
}

function dayText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
