/** What must hold of the tables after any number of orders. Throws with the first that does not. */
import type pg from 'pg';

const CHECKS: readonly { readonly says: string; readonly sql: string }[] = [
  {
    says: 'the cash of each portfolio is the sum of its ledger',
    sql: `select h.portfolio_id from portfolio_heads h join portfolios p on p.id = h.portfolio_id
      left join lateral (
        select sum(case when t.debit_account = 'cash' then t.amount else -t.amount end) as cash from transfers t
        where t.portfolio_id = h.portfolio_id and t.epoch = p.epoch and t.currency = p.base_currency and 'cash' in (t.debit_account, t.credit_account)
      ) sums on true
      where h.cash <> coalesce(sums.cash, 0)`,
  },
  {
    says: 'each position is what was bought less what was sold',
    sql: `select s.portfolio_id from positions s
      left join lateral (
        select sum(case when t.type = 'buy' then t.quantity else -t.quantity end) as held from transactions t
        where t.portfolio_id = s.portfolio_id and t.epoch = s.epoch and t.instrument_key = s.instrument_key and t.type in ('buy', 'sell')
      ) sums on true
      where s.quantity <> coalesce(sums.held, 0)`,
  },
  {
    says: 'each order is filled by transactions of its quantity',
    sql: `select o.portfolio_id from orders o
      left join (select portfolio_id, order_id, sum(quantity) as quantity from transactions group by 1, 2) t
        on t.portfolio_id = o.portfolio_id and t.order_id = o.id
      where o.filled_quantity <> coalesce(t.quantity, 0)`,
  },
  {
    says: 'the events of each portfolio are numbered without a gap',
    sql: `select h.portfolio_id from portfolio_heads h
      left join (select portfolio_id, count(*) as events, max(sequence) as last from order_events group by 1) e on e.portfolio_id = h.portfolio_id
      where h.event_sequence <> coalesce(e.events, 0) or h.event_sequence <> coalesce(e.last, 0)`,
  },
];

export async function checkBooks(database: pg.Pool): Promise<void> {
  for (const { says, sql } of CHECKS) {
    const { rowCount } = await database.query(sql);
    if (rowCount !== 0) throw new Error(`It does not hold that ${says}: ${rowCount ?? 0} rows break it.`);
  }
}
