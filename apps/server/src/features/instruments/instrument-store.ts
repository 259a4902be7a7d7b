/** All SQL of instruments. */
import type { AssetClass } from '@holdfast/engine/instruments';
import { formatDecimal, parseDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import type { InstrumentsTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import { newId } from '../../platform/ids.ts';
import type { Instrument } from './instrument.ts';

/** What an instrument is before it has a row. */
export interface NewInstrument {
  readonly symbol: string;
  readonly exchange: string | null;
  readonly name: string;
  readonly assetClass: AssetClass;
  readonly currency: string;
  readonly sector: string | null;
  readonly country: string | null;
  readonly isin: string | null;
  readonly tickSize: Decimal | null;
  readonly source: string;
  readonly ownerId: string | null;
}

/** What may change of an instrument; what is absent stays. */
export type InstrumentChange = Partial<Pick<Instrument, 'name' | 'assetClass' | 'sector' | 'country' | 'isin' | 'tickSize' | 'status'>>;

export async function loadInstruments(db: Db): Promise<readonly Instrument[]> {
  return (await db.selectFrom('instruments').selectAll().execute()).map(instrumentOf);
}

export async function loadInstrumentsByKey(db: Db, keys: readonly number[]): Promise<readonly Instrument[]> {
  return (
    await db
      .selectFrom('instruments')
      .selectAll()
      .where('key', 'in', [...keys])
      .execute()
  ).map(instrumentOf);
}

/** Those that were written at or after the instant, epoch milliseconds. */
export async function loadInstrumentsSince(db: Db, since: number): Promise<readonly Instrument[]> {
  return (await db.selectFrom('instruments').selectAll().where('updated_at', '>=', new Date(since)).execute()).map(instrumentOf);
}

/**
 * Adds those that are not there yet, in one statement, and answers the added ones. The first public listing of a symbol is the
 * primary one. Two servers that start together add each once.
 */
export async function insertMissing(db: Db, instruments: readonly NewInstrument[], now: number): Promise<readonly Instrument[]> {
  const rows = instruments.map((instrument) => ({
    id: newId(now),
    owner_id: instrument.ownerId,
    symbol: instrument.symbol,
    exchange: instrument.exchange ?? '',
    name: instrument.name,
    asset_class: instrument.assetClass,
    currency: instrument.currency,
    sector: instrument.sector,
    country: instrument.country,
    isin: instrument.isin,
    tick_size: instrument.tickSize === null ? null : formatDecimal(instrument.tickSize),
    source: instrument.source,
  }));
  const { rows: added } = await sql<Selectable<InstrumentsTable>>`
    insert into instruments (id, owner_id, symbol, exchange, is_primary, name, asset_class, currency, sector, country, isin, tick_size,
      source, created_at, updated_at)
    select id, owner_id, symbol, exchange,
      owner_id is not null or (
        row_number() over (partition by owner_id, symbol order by id) = 1
        and not exists (select from instruments other where other.owner_id is null and other.symbol = new.symbol and other.is_primary)),
      name, asset_class, currency, sector, country, isin, tick_size, source, ${new Date(now)}, ${new Date(now)}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new (id uuid, owner_id uuid, symbol text, exchange text, name text,
      asset_class text, currency text, sector text, country text, isin text, tick_size numeric, source text)
    where not exists (
      select from instruments other
      where other.owner_id is not distinct from new.owner_id and other.exchange = new.exchange and other.symbol = new.symbol)
    order by id
    on conflict on constraint instruments_name_unique do nothing
    returning *`.execute(db);
  return added.map(instrumentOf);
}

/** Changes one and answers it as it is now, or null when it is gone. */
export async function updateInstrumentRow(
  db: Db,
  key: number,
  { change, now }: { readonly change: InstrumentChange; readonly now: number },
): Promise<Instrument | null> {
  const row = await db
    .updateTable('instruments')
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.assetClass === undefined ? {} : { asset_class: change.assetClass }),
      ...(change.sector === undefined ? {} : { sector: change.sector }),
      ...(change.country === undefined ? {} : { country: change.country }),
      ...(change.isin === undefined ? {} : { isin: change.isin }),
      ...(change.tickSize === undefined ? {} : { tick_size: change.tickSize === null ? null : formatDecimal(change.tickSize) }),
      ...(change.status === undefined ? {} : { status: change.status }),
      updated_at: new Date(now),
    })
    .where('key', '=', key)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : instrumentOf(row);
}

/** Gives instruments another source of prices, and answers those that changed. */
export async function updateSource(
  db: Db,
  keys: readonly number[],
  { source, now }: { readonly source: string; readonly now: number },
): Promise<readonly Instrument[]> {
  const rows = await db
    .updateTable('instruments')
    .set({ source, updated_at: new Date(now) })
    .where('key', 'in', [...keys])
    .where('source', '<>', source)
    .returningAll()
    .execute();
  return rows.map(instrumentOf);
}

function instrumentOf(row: Selectable<InstrumentsTable>): Instrument {
  return Object.freeze({
    id: row.id,
    key: row.key,
    symbol: row.symbol,
    exchange: row.exchange === '' ? null : row.exchange,
    isPrimary: row.is_primary,
    name: row.name,
    assetClass: row.asset_class as AssetClass,
    currency: row.currency,
    sector: row.sector,
    country: row.country,
    isin: row.isin,
    tickSize: row.tick_size === null ? null : parseDecimal(row.tick_size),
    status: row.status as Instrument['status'],
    source: row.source,
    ownerId: row.owner_id,
  });
}
