/** All SQL of the rebuild: one portfolio at one moment, its rows streamed through cursors, so that no history has to fit into memory. */
import type { CostMethod } from '@holdfast/engine/lots';
import type pg from 'pg';

const ROWS_A_TIME = 1_000;

/** The rows of one statement, some at a time. To be read to the end before the next statement, in the transaction of `inSnapshot`. */
async function* stream<Row extends pg.QueryResultRow>(client: pg.PoolClient, text: string, portfolioId: string): AsyncGenerator<Row> {
  await client.query(`declare rebuild no scroll cursor for ${text}`, [portfolioId]);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${ROWS_A_TIME} from rebuild`);
    yield* rows;
    if (rows.length < ROWS_A_TIME) break;
  }
  await client.query('close rebuild');
}

/** Runs `work` in a transaction that reads the database as it is now, whatever is written meanwhile. */
export async function inSnapshot<Result>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    // The history of a large portfolio takes longer to sort than a request may.
    await client.query('set local statement_timeout = 0');
    return await work(client);
  } finally {
    await client.query('rollback').catch(() => undefined);
    client.release();
  }
}

/** A page of all portfolios' ids, in their order. */
export async function listPortfolioIds(pool: pg.Pool, after: string | null, limit: number): Promise<readonly string[]> {
  const text = 'select id from portfolios where $1::uuid is null or id > $1 order by id limit $2';
  return (await pool.query<{ id: string }>(text, [after, limit])).rows.map(({ id }) => id);
}

export async function countPortfolioRows(pool: pg.Pool): Promise<number> {
  return (await pool.query<{ count: number }>('select count(*) as count from portfolios')).rows[0]?.count ?? 0;
}

export interface StoredHead {
  readonly id: string;
  readonly kind: 'tracked' | 'paper';
  readonly cash_mode: 'full' | 'implied';
  readonly base_currency: string;
  readonly time_zone: string;
  readonly cost_method: CostMethod;
  readonly epoch: number;
  readonly cash: string;
  readonly reserved: string;
  readonly event_sequence: number;
  readonly foreign_cash: readonly (readonly [currency: string, balance: string])[];
}

export async function findStoredHead(client: pg.PoolClient, portfolioId: string): Promise<StoredHead | null> {
  const text = `select p.id, p.kind, p.cash_mode, p.base_currency, p.time_zone, p.cost_method, p.epoch, h.cash, h.reserved, h.event_sequence,
      (select coalesce(jsonb_agg(jsonb_build_array(f.currency, f.balance::text)), '[]') from foreign_cash f where f.portfolio_id = p.id) as foreign_cash
    from portfolios p join portfolio_heads h on h.portfolio_id = p.id where p.id = $1`;
  return (await client.query<StoredHead>(text, [portfolioId])).rows[0] ?? null;
}

/** What the ledger says of one account: debits less credits. */
export type StoredEntry = readonly [currency: string, account: string, amount: string];

export interface FactRow {
  readonly epoch: number;
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
  readonly counter_amount: string | null;
  readonly counter_currency: string | null;
  readonly new_shares: string | null;
  readonly old_shares: string | null;
  readonly new_instrument_key: number | null;
  readonly cost_share: string | null;
  readonly base_cost: string | null;
  readonly acquired_on: string | null;
  readonly lots: readonly { readonly lotId: string; readonly quantity: string }[] | null;
  readonly base_rate: string | null;
  readonly traded_at: Date;
  readonly reversed: boolean;
  readonly entries: readonly StoredEntry[] | null;
}

const ENTRIES = `select portfolio_id, epoch, transaction_id, currency, debit_account as account, amount from transfers where portfolio_id = $1
  union all select portfolio_id, epoch, transaction_id, currency, credit_account, -amount from transfers where portfolio_id = $1`;

/**
 * The newest version of every transaction with what the ledger says of it, in the order in which they count: by their time, but fills in
 * the order of their orders' events, since ids of two servers whose clocks differ need not be in the order in which they committed.
 */
const FACTS = `
  with entries as (${ENTRIES}),
  posted as (
    select transaction_id, epoch, jsonb_agg(jsonb_build_array(currency, account, amount::text)) as entries from (
      select transaction_id, epoch, currency, account, sum(amount) as amount from entries group by 1, 2, 3, 4 having sum(amount) <> 0) sums
    group by 1, 2
  ),
  moves as (
    select order_id, sequence, row_number() over (partition by order_id order by sequence) as nth from (
      select order_id, sequence, filled_quantity > lag(filled_quantity, 1, 0::numeric) over (partition by order_id order by sequence) as filled
      from order_events where portfolio_id = $1) steps
    where filled
  ),
  fills as (
    select id, order_id, row_number() over (partition by order_id order by id) as nth from transactions
    where portfolio_id = $1 and order_id is not null and type in ('buy', 'sell')
  )
  select t.epoch, t.id, t.type, t.instrument_key, t.quantity, t.price, t.amount, t.currency, t.fee, t.tax, t.cash_effect, t.realized_gain,
    t.counter_amount, t.counter_currency, t.new_shares, t.old_shares, t.new_instrument_key, t.cost_share, t.base_cost, t.acquired_on, t.lots, t.base_rate,
    t.traded_at, t.reversed, p.entries
  from transactions t left join posted p on p.transaction_id = t.id and p.epoch = t.epoch
    left join fills f on f.id = t.id left join moves m on m.order_id = f.order_id and m.nth = f.nth
  where t.portfolio_id = $1 and t.superseded_at is null
  order by t.epoch, m.sequence nulls first, t.traded_at, t.id`;

export function streamFacts(client: pg.PoolClient, portfolioId: string): AsyncGenerator<FactRow> {
  return stream<FactRow>(client, FACTS, portfolioId);
}

export interface StrayEntry {
  readonly transaction_id: string;
  readonly currency: string;
  readonly account: string;
  readonly amount: string;
}

/** What the ledger says of transactions that are not there. */
const STRAY_ENTRIES = `
  with entries as (${ENTRIES})
  select e.transaction_id, e.currency, e.account, sum(e.amount) as amount from entries e
  where not exists (
    select from transactions t where t.portfolio_id = e.portfolio_id and t.id = e.transaction_id and t.epoch = e.epoch and t.superseded_at is null)
  group by 1, 2, 3 having sum(e.amount) <> 0 order by 1, 2, 3`;

export function streamStrayEntries(client: pg.PoolClient, portfolioId: string): AsyncGenerator<StrayEntry> {
  return stream<StrayEntry>(client, STRAY_ENTRIES, portfolioId);
}

export interface BrokenChain {
  readonly id: string;
  readonly versions: string;
  readonly present: string;
}

/** Transactions whose versions are not 1, 2, 3 … with the last one present. */
const BROKEN_CHAINS = `
  select id, string_agg(version::text, ', ' order by version) as versions,
    coalesce(string_agg(version::text, ', ' order by version) filter (where superseded_at is null), 'none') as present
  from transactions where portfolio_id = $1 group by id
  having count(*) <> max(version) or count(*) filter (where superseded_at is null) <> 1
    or max(version) filter (where superseded_at is null) <> max(version)
  order by id`;

export function streamBrokenChains(client: pg.PoolClient, portfolioId: string): AsyncGenerator<BrokenChain> {
  return stream<BrokenChain>(client, BROKEN_CHAINS, portfolioId);
}

/** id, acquiredOn, quantity, cost, baseCost and, under highest cost first, the cost of a unit when it was bought. */
export type StoredLot = readonly [string, number, ...figures: readonly string[]];

export interface StoredPosition {
  readonly epoch: number;
  readonly instrument_key: number;
  readonly quantity: string;
  readonly reserved_quantity: string;
  readonly cost_basis: string;
  readonly base_cost_basis: string;
  readonly realized_gain: string;
  readonly base_transferred_out: string;
  readonly lots: readonly StoredLot[] | null;
}

const POSITIONS = `select epoch, instrument_key, quantity, reserved_quantity, cost_basis, base_cost_basis, realized_gain,
  base_transferred_out, lots from positions where portfolio_id = $1 order by epoch, instrument_key`;

export function streamPositions(client: pg.PoolClient, portfolioId: string): AsyncGenerator<StoredPosition> {
  return stream<StoredPosition>(client, POSITIONS, portfolioId);
}

/** What an order traded: side, instrument, quantity, price, fee. */
export type StoredFill = readonly [side: string, instrumentKey: number, quantity: string, price: string, fee: string];
export type StoredEvent = readonly [status: string, filledQuantity: string, averageFillPrice: string | null, fees: string];

/** An order with its fills and events. `status` is null where there are fills or events and no order. */
export interface StoredOrder {
  readonly id: string;
  readonly status: string | null;
  readonly epoch: number;
  readonly instrument_key: number;
  readonly side: 'buy' | 'sell';
  readonly quantity: string;
  readonly filled_quantity: string;
  readonly filled_value: string;
  readonly average_fill_price: string | null;
  readonly fees: string;
  readonly reserved: string;
  readonly has_terms: boolean;
  readonly pair_id: string | null;
  readonly fills: readonly StoredFill[] | null;
  readonly events: readonly StoredEvent[] | null;
}

const ORDERS = `
  with own as (select * from orders where portfolio_id = $1),
  fills as (
    select order_id, jsonb_agg(jsonb_build_array(type, instrument_key, quantity::text, price::text, fee::text) order by id) as fills from transactions
    where portfolio_id = $1 and order_id is not null and type in ('buy', 'sell') and superseded_at is null and not reversed group by order_id
  ),
  events as (
    select order_id, jsonb_agg(jsonb_build_array(status, filled_quantity::text, average_fill_price::text, fees::text) order by sequence) as events
    from order_events where portfolio_id = $1 group by order_id
  )
  select coalesce(o.id, f.order_id, e.order_id) as id, o.status, o.epoch, o.instrument_key, o.side, o.quantity, o.filled_quantity, o.filled_value,
    o.average_fill_price, o.fees, o.reserved, t.order_id is not null as has_terms, t.pair_id, f.fills, e.events
  from own o full join fills f on f.order_id = o.id full join events e on e.order_id = coalesce(o.id, f.order_id)
  left join order_terms t on t.portfolio_id = $1 and t.order_id = o.id
  order by 1`;

export function streamOrders(client: pg.PoolClient, portfolioId: string): AsyncGenerator<StoredOrder> {
  return stream<StoredOrder>(client, ORDERS, portfolioId);
}

export interface EventGap {
  readonly sequence: number;
  readonly expected: number;
}

/** Where the numbers of the order events do not rise by one. */
const EVENT_GAPS = `
  select sequence, expected from (
    select sequence, lag(sequence, 1, 0::bigint) over (order by sequence) + 1 as expected from order_events where portfolio_id = $1) numbered
  where sequence <> expected order by sequence`;

export function streamEventGaps(client: pg.PoolClient, portfolioId: string): AsyncGenerator<EventGap> {
  return stream<EventGap>(client, EVENT_GAPS, portfolioId);
}

export async function findLastEvent(client: pg.PoolClient, portfolioId: string): Promise<number> {
  const text = 'select coalesce(max(sequence), 0) as last from order_events where portfolio_id = $1';
  return (await client.query<{ last: number }>(text, [portfolioId])).rows[0]?.last ?? 0;
}
