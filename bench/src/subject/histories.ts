/** Tracked portfolios with a long history. Facts are written beside the server, and the server works out what follows from them. */
import type { Server } from './server.ts';
import { listSymbols } from './traders.ts';

export interface HistoryAsked {
  readonly symbols: number;
  readonly transactions: number;
  readonly years: number;
}

/**
 * Spread evenly over the years up to yesterday; of ten transactions of a symbol nine buy two and one sells one. A last purchase of each
 * symbol is recorded over the API: it makes position, lots and ledger of all that symbol's facts.
 */
export async function openHistory({ administrator: client, database }: Server, asked: HistoryAsked): Promise<string> {
  const symbols = (await listSymbols(client)).slice(0, asked.symbols);
  if (symbols.length < asked.symbols) throw new Error(`There are ${symbols.length} shares to hold, and ${asked.symbols} are wanted.`);
  const body = { name: `History of ${asked.transactions}`, kind: 'tracked', cashMode: 'implied', baseCurrency: 'USD', costMethod: 'fifo' };
  const { id } = await client.post<{ id: string }>('/api/v1/portfolios', body);
  const written = asked.transactions - symbols.length;
  await database.query(WRITE_FACTS, [id, symbols, written, asked.years * 365]);
  const tradedAt = new Date(Date.now() - 60_000).toISOString();
  for (const symbol of symbols)
    await client.post(`/api/v1/portfolios/${id}/transactions`, { type: 'buy', symbol, quantity: '2', price: '100', tradedAt });
  const { items } = await client.get<{ items: unknown[] }>(`/api/v1/portfolios/${id}/positions`);
  if (items.length !== symbols.length) throw new Error(`Of ${symbols.length} positions ${items.length} are there.`);
  return id;
}

const WRITE_FACTS = `
  with symbols as (
    select i.key, s.at - 1 as at from unnest($2::text[]) with ordinality as s(symbol, at)
    join instruments i on i.symbol = s.symbol and i.owner_id is null and i.is_primary
  ), rows as (
    select n, s.key, (n / cardinality($2::text[])) % 10 = 9 as sells, 100 + n / 10000.0 as price,
      (current_date - 1 - $4::int + (n::bigint * $4::int / $3::int)::int)::timestamp at time zone 'UTC' as traded_at
    from generate_series(0, $3::int - 1) as n join symbols s on s.at = n % cardinality($2::text[])
  )
  insert into transactions (portfolio_id, id, epoch, type, instrument_key, quantity, price, amount, currency, cash_effect, traded_at, recorded_at, source)
  select $1::uuid, gen_random_uuid(), 1, case when sells then 'sell' else 'buy' end, key, case when sells then 1 else 2 end, price,
    round(price * case when sells then 1 else 2 end, 2), 'USD', 0, traded_at, now(), 'import'
  from rows`;
