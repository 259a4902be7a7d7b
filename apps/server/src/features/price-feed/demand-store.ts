/** Which instruments people hold, wait for or watch. */
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

/** How many portfolios hold an instrument or have an open order of it, and how many watchlists of active users it is on. */
export async function countDemand(db: Db): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ key: number; wanted: number }>`
    select instrument_key as key, count(distinct wanted_in)::integer as wanted from (
      select instrument_key, portfolio_id as wanted_in from positions where quantity <> 0
      union all
      select instrument_key, portfolio_id from orders where status in ('accepted', 'partiallyFilled')
      union all
      select item.instrument_key, item.watchlist_id from watchlist_items item
        join watchlists list on list.id = item.watchlist_id join users owner on owner.id = list.user_id and owner.is_active) everywhere
    group by instrument_key`.execute(db);
  return new Map(rows.map(({ key, wanted }) => [key, wanted]));
}
