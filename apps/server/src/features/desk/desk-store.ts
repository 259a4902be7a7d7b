/** All SQL of the desk: reading portfolios whole, writing a batch, finding what a key did before. */
import type { Lot } from '@holdfast/engine/lots';
import { decimal, formatDecimal } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Account, Holding, OrderType, Side, TimeInForce, OrderStatus } from '@holdfast/engine/orders';
import type pg from 'pg';
import type { TableRows } from './batch-rows.ts';
import { TABLES, WRITE_BATCH, WRITE_BATCH_WITH_TERMS } from './desk-statement.ts';
import { STORED_TERMS, termsFrom } from './stored-terms.ts';
import type { StoredTerms } from './stored-terms.ts';
import type { Fill, KeptOrder, PortfolioState } from './portfolio-state.ts';
import { tradingRules } from './trading-settings.ts';

export interface HeadVersion {
  readonly portfolio_id: string;
  readonly version: number;
}

/** The versions of these portfolios now; those that do not exist are left out. */
export async function readVersions(pool: pg.Pool, ids: readonly string[]): Promise<readonly HeadVersion[]> {
  const text = 'select portfolio_id, version from portfolio_heads where portfolio_id = any($1::uuid[])';
  return (await pool.query<HeadVersion>({ name: 'desk-versions', text, values: [ids] })).rows;
}

/** Anything but `written` has written nothing: somebody else changed a portfolio meanwhile, or another operation has used a key. */
export type WriteResult = 'written' | 'outdated' | 'keyTaken';

/** Writes the batch in one statement: a transaction of its own, unless it runs in one. */
export async function writeBatch(source: pg.Pool | pg.PoolClient, tables: readonly TableRows[]): Promise<WriteResult> {
  const result = await source.query<{ current: boolean; key_taken: boolean }>({
    ...(tables.length > TABLES.length
      ? { name: 'desk-write-terms', text: WRITE_BATCH_WITH_TERMS }
      : { name: 'desk-write', text: WRITE_BATCH }),
    values: tables.flatMap((table) => table.literals()),
  });
  const row = result.rows[0];
  if (row?.current !== true) return 'outdated';
  return row.key_taken ? 'keyTaken' : 'written';
}

const LOCK_HEADS = 'select portfolio_id from portfolio_heads where portfolio_id = any($1::uuid[]) order by portfolio_id for update';

/** Reads portfolios and writes a batch in one transaction, on heads that nobody else can change meanwhile. */
export async function lockingWrite<Result>(
  pool: pg.Pool,
  ids: readonly string[],
  work: (states: ReadonlyMap<string, PortfolioState>, write: (tables: readonly TableRows[]) => Promise<WriteResult>) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, 'begin', async (client) => {
    await client.query({ name: 'desk-lock', text: LOCK_HEADS, values: [ids] });
    const states = await readStates(client, ids);
    return work(new Map(states.map((state) => [state.id, state])), (tables) => writeBatch(client, tables));
  });
}

async function inTransaction<Result>(pool: pg.Pool, begin: string, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

interface HeadRow {
  id: string;
  user_id: string;
  kind: 'tracked' | 'paper';
  cash_mode: 'full' | 'implied';
  base_currency: string;
  time_zone: string;
  cost_method: string;
  settings: unknown;
  market_id: string;
  epoch: number;
  archived_at: Date | null;
  version: number;
  event_sequence: number;
  cash: string;
  reserved: string;
  credit_limit: string | null;
  token_version: number;
  is_active: boolean;
}

interface ForeignRow {
  portfolio_id: string;
  currency: string;
  balance: string;
}

interface PositionRow {
  portfolio_id: string;
  instrument_key: number;
  quantity: string;
  reserved_quantity: string;
  cost_basis: string;
  base_cost_basis: string;
  realized_gain: string;
  lots: StoredLot[] | null;
}

/** id, acquiredOn, quantity, cost, baseCost and, under highest cost first, the cost of a unit when it was bought. */
type StoredLot = readonly [string, number, string, string, string, string?];

export interface OrderRow {
  portfolio_id: string;
  id: string;
  instrument_key: number;
  side: Side;
  type: OrderType;
  time_in_force: TimeInForce;
  quantity: string;
  notional: string | null;
  limit_price: string | null;
  status: OrderStatus;
  filled_quantity: string;
  filled_value: string;
  average_fill_price: string | null;
  fees: string;
  reserved: string;
  client_order_id: string | null;
  idempotency_key: string | null;
  request_hash: Buffer | null;
  rejection: { code: string; detail: string } | null;
  created_at: Date;
  updated_at: Date;
  expires_at: Date | null;
  terms: StoredTerms | null;
}

interface FillRow {
  order_id: string;
  quantity: string;
  price: string;
  traded_at: Date;
}

const HEADS = `
  select p.id, p.user_id, p.kind, p.cash_mode, p.base_currency, p.time_zone, p.cost_method, p.settings, p.market_id, p.epoch, p.archived_at,
    h.version, h.event_sequence, h.cash, h.reserved, h.credit_limit, u.token_version, u.is_active
  from portfolio_heads h join portfolios p on p.id = h.portfolio_id join users u on u.id = p.user_id
  where h.portfolio_id = any($1::uuid[])`;
/** Lots decide orders, which tracked portfolios have none of; a long history has many. */
const POSITIONS = `
  select s.portfolio_id, s.instrument_key, s.quantity, s.reserved_quantity, s.cost_basis, s.base_cost_basis, s.realized_gain,
    case when p.kind = 'paper' then s.lots end as lots
  from positions s join portfolios p on p.id = s.portfolio_id and p.epoch = s.epoch where s.portfolio_id = any($1::uuid[])`;
const FOREIGN = 'select portfolio_id, currency, balance from foreign_cash where portfolio_id = any($1::uuid[])';
const ORDER_COLUMNS = `portfolio_id, id, instrument_key, side, type, time_in_force, quantity, notional, limit_price, status, filled_quantity, filled_value,
  average_fill_price, fees, reserved, client_order_id, idempotency_key, request_hash, rejection, created_at, updated_at, expires_at, ${STORED_TERMS} as terms`;
const OPEN_ORDERS = `select ${ORDER_COLUMNS} from orders o where portfolio_id = any($1::uuid[]) and status in ('accepted', 'partiallyFilled') order by id`;
const FILLS = `select order_id, quantity, price, traded_at from transactions
  where portfolio_id = any($1::uuid[]) and order_id = any($2::uuid[]) and type in ('buy', 'sell') order by id`;

/**
 * Reads portfolios whole, at one moment each. The parts are read in one repeatable-read transaction, so that cash, holdings and
 * open orders belong to the version beside them.
 */
export async function loadStates(pool: pg.Pool, ids: readonly string[]): Promise<readonly PortfolioState[]> {
  return inTransaction(pool, 'begin isolation level repeatable read read only', (client) => readStates(client, ids));
}

async function readStates(client: pg.PoolClient, ids: readonly string[]): Promise<readonly PortfolioState[]> {
  const values = [ids];
  const heads = (await client.query<HeadRow>({ name: 'desk-heads', text: HEADS, values })).rows;
  const positions = (await client.query<PositionRow>({ name: 'desk-positions', text: POSITIONS, values })).rows;
  const foreign = (await client.query<ForeignRow>({ name: 'desk-foreign', text: FOREIGN, values })).rows;
  const rows = (await client.query<OrderRow>({ name: 'desk-open', text: OPEN_ORDERS, values })).rows;
  const parts = {
    positions: grouped(positions, (row) => row.portfolio_id),
    foreign: grouped(foreign, (row) => row.portfolio_id),
    orders: grouped(await withFills(client, rows), (order) => order.portfolioId),
  };
  return heads.map((head) => stateOf(head, parts));
}

/** Orders with their fills. Only those that have any are looked up. */
export async function withFills(source: pg.Pool | pg.PoolClient, rows: readonly OrderRow[]): Promise<readonly KeptOrder[]> {
  const filled = rows.filter((row) => Number(row.filled_quantity) > 0);
  if (filled.length === 0) return rows.map((row) => orderOf(row, []));
  const values = [[...new Set(filled.map((row) => row.portfolio_id))], filled.map((row) => row.id)];
  const fills = (await source.query<FillRow>({ name: 'desk-fills', text: FILLS, values })).rows;
  const byOrder = new Map<string, Fill[]>();
  for (const fill of fills) {
    const list = byOrder.get(fill.order_id) ?? [];
    list.push({ quantity: decimal(fill.quantity), price: decimal(fill.price), at: fill.traded_at.getTime() });
    byOrder.set(fill.order_id, list);
  }
  return rows.map((row) => orderOf(row, byOrder.get(row.id) ?? []));
}

const KEYED_ORDERS = `select user_id, ${ORDER_COLUMNS} from orders o where exists (
    select 1 from unnest($1::uuid[], $2::text[]) as k(portfolio_id, client_order_id)
    where o.portfolio_id = k.portfolio_id and o.client_order_id = k.client_order_id)
  union select user_id, ${ORDER_COLUMNS} from orders o where o.created_at >= $5 and exists (
    select 1 from unnest($3::uuid[], $4::text[]) as k(user_id, idempotency_key)
    where o.user_id = k.user_id and o.idempotency_key = k.idempotency_key)`;

export interface KeyedOrder {
  readonly order: KeptOrder;
  readonly userId: string;
  readonly idempotencyKey: string | null;
  readonly requestHash: Buffer | null;
}

/** A user's id and their Idempotency-Key. */
export type UserKey = readonly [userId: string, key: string];

/** Orders placed earlier with one of these keys; with an Idempotency-Key, only those since an instant. */
export async function findKeyedOrders(
  pool: pg.Pool,
  keys: {
    readonly clientOrderIds: readonly (readonly [portfolioId: string, clientOrderId: string])[];
    readonly idempotencyKeys: readonly UserKey[];
    readonly since: Date;
  },
): Promise<readonly KeyedOrder[]> {
  const values = [
    keys.clientOrderIds.map(([id]) => id),
    keys.clientOrderIds.map(([, key]) => key),
    keys.idempotencyKeys.map(([id]) => id),
    keys.idempotencyKeys.map(([, key]) => key),
    keys.since,
  ];
  const rows = (await pool.query<OrderRow & { user_id: string }>({ name: 'desk-keyed-orders', text: KEYED_ORDERS, values })).rows;
  const orders = await withFills(pool, rows);
  return orders.map((order, at) => ({
    order,
    userId: rows[at]?.user_id ?? '',
    idempotencyKey: rows[at]?.idempotency_key ?? null,
    requestHash: rows[at]?.request_hash ?? null,
  }));
}

export interface KeyedAnswerRow {
  readonly user_id: string;
  readonly key: string;
  readonly operation: string;
  readonly request_hash: Buffer;
  readonly body: string | null;
}

export async function findKeyedAnswers(pool: pg.Pool, keys: readonly UserKey[], since: Date): Promise<readonly KeyedAnswerRow[]> {
  const text = `select i.user_id, i.key, i.operation, i.request_hash, i.body from idempotency_keys i
    join unnest($1::uuid[], $2::text[]) as k(user_id, key) on i.user_id = k.user_id and i.key = k.key where i.created_at >= $3`;
  const values = [keys.map(([id]) => id), keys.map(([, key]) => key), since];
  return (await pool.query<KeyedAnswerRow>({ name: 'desk-keyed-answers', text, values })).rows;
}

/** Lets go of those keys whose effect was before an instant. The effects stay. */
export async function freeOldKeys(pool: pg.Pool, keys: readonly UserKey[], before: Date): Promise<void> {
  if (keys.length === 0) return;
  const text = `with k as materialized (select * from unnest($1::uuid[], $2::text[]) as k(user_id, key)),
    gone as (delete from idempotency_keys i using k where i.user_id = k.user_id and i.key = k.key and i.created_at < $3)
    update orders o set idempotency_key = null from k where o.user_id = k.user_id and o.idempotency_key = k.key and o.created_at < $3`;
  await pool.query({ name: 'desk-free-keys', text, values: [keys.map(([id]) => id), keys.map(([, key]) => key), before] });
}

interface Parts {
  readonly positions: ReadonlyMap<string, readonly PositionRow[]>;
  readonly foreign: ReadonlyMap<string, readonly ForeignRow[]>;
  readonly orders: ReadonlyMap<string, readonly KeptOrder[]>;
}

function grouped<Row>(rows: readonly Row[], portfolioOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(portfolioOf(row));
    if (group === undefined) groups.set(portfolioOf(row), [row]);
    else group.push(row);
  }
  return groups;
}

function stateOf(head: HeadRow, parts: Parts): PortfolioState {
  const open = parts.orders.get(head.id) ?? [];
  const account: Account = {
    baseCurrency: head.base_currency,
    costMethod: head.cost_method as Account['costMethod'],
    cash: decimal(head.cash),
    reserved: decimal(head.reserved),
    creditLimit: decimal(head.credit_limit ?? '0'),
    foreignCash: new Map(parts.foreign.get(head.id)?.map((row) => [row.currency, decimal(row.balance)])),
    holdings: new Map(parts.positions.get(head.id)?.map((row) => [row.instrument_key, holdingFrom(row)])),
    openOrders: open.length,
    rules: tradingRules(head.settings),
  };
  return {
    id: head.id,
    userId: head.user_id,
    kind: head.kind,
    cashMode: head.cash_mode,
    timeZone: head.time_zone,
    marketId: head.market_id,
    epoch: head.epoch,
    archived: head.archived_at !== null,
    version: head.version,
    eventSequence: head.event_sequence,
    tokenVersion: head.token_version,
    ownerIsActive: head.is_active,
    account,
    openOrders: new Map(open.map((order) => [order.id, order])),
  };
}

function holdingFrom(row: PositionRow): Holding {
  return {
    quantity: decimal(row.quantity),
    reserved: decimal(row.reserved_quantity),
    costBasis: decimal(row.cost_basis),
    baseCost: decimal(row.base_cost_basis),
    realizedGain: decimal(row.realized_gain),
    lots: row.lots?.map(lotFrom) ?? null,
  };
}

function lotFrom([id, acquiredOn, quantity, cost, baseCost, unitCost]: StoredLot): Lot {
  const lot = { id, acquiredOn, quantity: decimal(quantity), cost: decimal(cost), baseCost: decimal(baseCost) };
  return unitCost === undefined ? lot : { ...lot, unitCost: decimal(unitCost) };
}

/** Lots as positions keep them. */
export function storedLots(lots: readonly Lot[] | null): string | null {
  if (lots === null) return null;
  return JSON.stringify(
    lots.map(({ id, acquiredOn, quantity, cost, baseCost, unitCost }) => [
      ...[id, acquiredOn, formatDecimal(quantity), formatDecimal(cost), formatDecimal(baseCost)],
      ...(unitCost === undefined ? [] : [formatDecimal(unitCost)]),
    ]),
  );
}

function orderOf(row: OrderRow, fills: readonly Fill[]): KeptOrder {
  return {
    id: row.id,
    portfolioId: row.portfolio_id,
    instrumentKey: row.instrument_key,
    clientOrderId: row.client_order_id,
    side: row.side,
    type: row.type,
    timeInForce: row.time_in_force,
    quantity: decimal(row.quantity),
    notional: optional(row.notional),
    limitPrice: optional(row.limit_price),
    status: row.status,
    filledQuantity: decimal(row.filled_quantity),
    filledValue: decimal(row.filled_value),
    averageFillPrice: optional(row.average_fill_price),
    fees: decimal(row.fees),
    reserved: decimal(row.reserved),
    expiresAt: row.expires_at?.getTime() ?? null,
    terms: row.terms === null ? null : termsFrom(row.terms),
    fills,
    rejection: row.rejection,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
  };
}

function optional(text: string | null): Decimal | null {
  return text === null ? null : decimal(text);
}

const ORDERS_BY_ID = `select ${ORDER_COLUMNS} from orders o where portfolio_id = $1 and id = any($2::uuid[]) order by id`;

/** Orders of one portfolio with their fills, oldest first. */
export async function readOrders(pool: pg.Pool, portfolioId: string, ids: readonly string[]): Promise<readonly KeptOrder[]> {
  if (ids.length === 0) return [];
  return withFills(pool, (await pool.query<OrderRow>({ name: 'desk-orders-by-id', text: ORDERS_BY_ID, values: [portfolioId, ids] })).rows);
}

const LIVE_OPEN_ORDERS = `select ${ORDER_COLUMNS} from orders o where status in ('accepted', 'partiallyFilled') and market_id = 'live'
  and ($1::uuid[] is null or portfolio_id = any($1)) and ($2::timestamptz is null or created_at >= $2) order by id`;

/** The open orders in the live market, of these portfolios or placed since then, without their fills. */
export async function readOpenOrders(
  pool: pg.Pool,
  among: { readonly portfolioIds: readonly string[] | null; readonly since: Date | null },
): Promise<readonly KeptOrder[]> {
  const { rows } = await pool.query<OrderRow>(LIVE_OPEN_ORDERS, [among.portfolioIds, among.since]);
  return rows.map((row) => orderOf(row, []));
}
