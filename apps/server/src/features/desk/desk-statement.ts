/**
 * The one statement that writes a batch. It locks the heads of all portfolios the batch looked at, in the order of their ids, and
 * writes only if every one still has the version (and its owner the token version) that the decisions were made on; else it
 * writes nothing and says so. One statement is one transaction: when it returns, the batch is durable.
 */
import type { Columns } from './batch-rows.ts';

export const HEADS = {
  portfolio_id: 'uuid',
  version: 'int8',
  user_id: 'uuid',
  token_version: 'int4',
  changed: 'bool',
  cash: 'numeric',
  reserved: 'numeric',
  event_sequence: 'int8',
} as const satisfies Columns;

export const ORDERS = {
  portfolio_id: 'uuid',
  id: 'uuid',
  epoch: 'int4',
  market_id: 'text',
  user_id: 'uuid',
  instrument_key: 'int4',
  side: 'text',
  type: 'text',
  time_in_force: 'text',
  quantity: 'numeric',
  notional: 'numeric',
  limit_price: 'numeric',
  status: 'text',
  filled_quantity: 'numeric',
  filled_value: 'numeric',
  average_fill_price: 'numeric',
  fees: 'numeric',
  reserved: 'numeric',
  client_order_id: 'text',
  idempotency_key: 'text',
  request_hash: 'bytea',
  rejection: 'jsonb',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  expires_at: 'timestamptz',
} as const satisfies Columns;

export const ORDER_CHANGES = {
  portfolio_id: 'uuid',
  id: 'uuid',
  status: 'text',
  filled_quantity: 'numeric',
  filled_value: 'numeric',
  average_fill_price: 'numeric',
  fees: 'numeric',
  reserved: 'numeric',
  rejection: 'jsonb',
  updated_at: 'timestamptz',
} as const satisfies Columns;

export const ORDER_EVENTS = {
  portfolio_id: 'uuid',
  sequence: 'int8',
  order_id: 'uuid',
  at: 'timestamptz',
  status: 'text',
  filled_quantity: 'numeric',
  average_fill_price: 'numeric',
  fees: 'numeric',
  rejection: 'jsonb',
} as const satisfies Columns;

export const TRANSACTIONS = {
  portfolio_id: 'uuid',
  id: 'uuid',
  epoch: 'int4',
  type: 'text',
  instrument_key: 'int4',
  quantity: 'numeric',
  price: 'numeric',
  amount: 'numeric',
  currency: 'text',
  fee: 'numeric',
  cash_effect: 'numeric',
  realized_gain: 'numeric',
  counter_amount: 'numeric',
  counter_currency: 'text',
  traded_at: 'timestamptz',
  recorded_at: 'timestamptz',
  order_id: 'uuid',
  quote_number: 'int8',
  quote_source: 'text',
  source: 'text',
} as const satisfies Columns;

export const TRANSFERS = {
  portfolio_id: 'uuid',
  epoch: 'int4',
  transaction_id: 'uuid',
  currency: 'text',
  debit_account: 'text',
  credit_account: 'text',
  amount: 'numeric',
  at: 'timestamptz',
} as const satisfies Columns;

export const POSITIONS = {
  portfolio_id: 'uuid',
  epoch: 'int4',
  instrument_key: 'int4',
  quantity: 'numeric',
  reserved_quantity: 'numeric',
  cost_basis: 'numeric',
  base_cost_basis: 'numeric',
  realized_gain: 'numeric',
  lots: 'jsonb',
} as const satisfies Columns;

export const FOREIGN_CASH = { portfolio_id: 'uuid', currency: 'text', balance: 'numeric', guarded: 'bool' } as const satisfies Columns;

export const IDEMPOTENCY_KEYS = {
  user_id: 'uuid',
  key: 'text',
  operation: 'text',
  request_hash: 'bytea',
  status: 'int4',
  body: 'text',
  created_at: 'timestamptz',
} as const satisfies Columns;

export const AUDIT_ENTRIES = {
  id: 'uuid',
  at: 'timestamptz',
  actor_id: 'uuid',
  action: 'text',
  subject_kind: 'text',
  subject_id: 'text',
  request_id: 'text',
  ip: 'text',
  details: 'jsonb',
} as const satisfies Columns;

/** What orders have beyond a plain one. The mark moves by itself and is written with the order only. */
export const ORDER_TERMS = {
  portfolio_id: 'uuid',
  order_id: 'uuid',
  stop_price: 'numeric',
  trail_amount: 'numeric',
  trail_percent: 'numeric',
  mark: 'numeric',
  triggered_at: 'timestamptz',
  take_profit: 'numeric',
  stop_loss: 'numeric',
  stop_loss_limit: 'numeric',
  parent_id: 'uuid',
  pair_id: 'uuid',
  replaces_id: 'uuid',
  replaced_by_id: 'uuid',
  priority_id: 'uuid',
} as const satisfies Columns;

/** Changes of orders with terms: the quantity of one that belongs to another follows it. */
export const TERM_CHANGES = { ...ORDER_CHANGES, quantity: 'numeric' } as const satisfies Columns;

/** The order in which `writeBatch` hands the tables over. */
export const TABLES = [
  HEADS,
  ORDERS,
  ORDER_CHANGES,
  ORDER_EVENTS,
  TRANSACTIONS,
  TRANSFERS,
  POSITIONS,
  FOREIGN_CASH,
  IDEMPOTENCY_KEYS,
  AUDIT_ENTRIES,
] as const;

/** A batch with orders that have terms: the same tables, and these. Batches of plain orders pay nothing for them. */
const TABLES_WITH_TERMS = [...TABLES, ORDER_TERMS, TERM_CHANGES] as const;

interface Given {
  readonly names: string;
  /** `unnest($4::uuid[], …) as g(portfolio_id, …)` */
  readonly rows: string;
  /** The parameter that carries a column. */
  parameter(column: string): string;
}

function given(tables: readonly Columns[]): Given[] {
  let parameter = 0;
  return tables.map((columns) => {
    const names = Object.keys(columns);
    const arrays = Object.values(columns).map((type) => `$${(parameter += 1)}::${type}[]`);
    return {
      names: names.join(', '),
      rows: `unnest(${arrays.join(', ')}) as g(${names.join(', ')})`,
      parameter: (column) => arrays[names.indexOf(column)] ?? '',
    };
  });
}

/** Whether a key that one kind of command brings was used by the other, which keeps it in another table. */
function keyTaken(orders: Given | undefined, keys: Given | undefined): string {
  return `exists (select 1 from unnest(${orders?.parameter('user_id') ?? ''}, ${orders?.parameter('idempotency_key') ?? ''}) as g(user_id, key)
    join idempotency_keys k on k.user_id = g.user_id and k.key = g.key)
  or exists (select 1 from unnest(${keys?.parameter('user_id') ?? ''}, ${keys?.parameter('key') ?? ''}) as g(user_id, key)
    join orders o on o.user_id = g.user_id and o.idempotency_key = g.key)`;
}

function statement(tables: readonly Columns[]): string {
  const [heads, orders, changes, events, transactions, transfers, positions, foreign, keys, audit, terms, termChanges] = given(tables);
  const insert = (table: string, of: Given | undefined, conflict = ''): string =>
    `insert into ${table} (${of?.names ?? ''}) select g.* from ${of?.rows ?? ''}, fresh where fresh.ok ${conflict}`;
  return `
with given as materialized (select * from ${heads?.rows ?? ''}),
locked as materialized (
  select h.portfolio_id from given g join portfolio_heads h on h.portfolio_id = g.portfolio_id join users u on u.id = g.user_id
  where h.version = g.version and u.token_version = g.token_version
  order by h.portfolio_id for update of h
),
state as materialized (
  select (select count(*) from locked) = (select count(*) from given) as current, ${keyTaken(orders, keys)} as key_taken
),
fresh as materialized (select current and not key_taken as ok from state),
heads as (
  update portfolio_heads h set version = h.version + 1, cash = g.cash, reserved = g.reserved, event_sequence = g.event_sequence
  from given g, fresh where fresh.ok and g.changed and h.portfolio_id = g.portfolio_id
),
new_orders as (${insert('orders', orders)}),
changed_orders as (
  update orders o set status = g.status, filled_quantity = g.filled_quantity, filled_value = g.filled_value,
    average_fill_price = g.average_fill_price, fees = g.fees, reserved = g.reserved, rejection = g.rejection, updated_at = g.updated_at
  from ${changes?.rows ?? ''}, fresh where fresh.ok and o.portfolio_id = g.portfolio_id and o.id = g.id
),
events as (${insert('order_events', events)}),
facts as (${insert('transactions', transactions)}),
moves as (${insert('transfers', transfers)}),
held as (${insert(
    'positions',
    positions,
    `on conflict (portfolio_id, epoch, instrument_key) do update set quantity = excluded.quantity,
  reserved_quantity = excluded.reserved_quantity, cost_basis = excluded.cost_basis, base_cost_basis = excluded.base_cost_basis, realized_gain = excluded.realized_gain, lots = excluded.lots`,
  )}),
foreign_balances as (${insert('foreign_cash', foreign, 'on conflict (portfolio_id, currency) do update set balance = excluded.balance')}),
${terms === undefined || termChanges === undefined ? '' : termsWritten(insert('order_terms', terms, ON_TERMS), termChanges)}
keys as (${insert('idempotency_keys', keys)}),
audit as (${insert('audit_entries', audit)})
select current, key_taken from state`;
}

const ON_TERMS = `on conflict (portfolio_id, order_id) do update set triggered_at = excluded.triggered_at, pair_id = excluded.pair_id,
  replaced_by_id = excluded.replaced_by_id`;

function termsWritten(insertion: string, changes: Given): string {
  return `terms as (${insertion}),
changed_with_terms as (
  update orders o set status = g.status, filled_quantity = g.filled_quantity, filled_value = g.filled_value,
    average_fill_price = g.average_fill_price, fees = g.fees, reserved = g.reserved, rejection = g.rejection, updated_at = g.updated_at,
    quantity = g.quantity
  from ${changes.rows}, fresh where fresh.ok and o.portfolio_id = g.portfolio_id and o.id = g.id
),`;
}

export const WRITE_BATCH = statement(TABLES);
export const WRITE_BATCH_WITH_TERMS = statement(TABLES_WITH_TERMS);
