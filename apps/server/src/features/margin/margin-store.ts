/** All SQL of margins: which portfolios owe something, and which lines each of them has passed. */
import type { MarginStanding } from '@holdfast/engine/portfolio';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';

/** A portfolio to be judged, and how it stood when that was written down last. */
export interface Judged {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly baseCurrency: string;
  readonly before: MarginStanding;
}

/** Paper portfolios that owe cash, and those that had passed a line, in the order of their ids, a page of them after one. */
export async function listOwing(
  db: Db,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly Judged[]> {
  const { rows } = await sql<Omit<Judged, 'before'> & MarginStanding>`
    select p.id, p.user_id as "userId", p.name, p.base_currency as "baseCurrency",
      coalesce(s.below_maintenance, false) as "belowMaintenance", coalesce(s.credit_low, false) as "creditLow"
    from portfolios p
    join portfolio_heads h on h.portfolio_id = p.id
    left join margin_standings s on s.portfolio_id = p.id
    where p.kind = 'paper' and p.archived_at is null ${after === null ? sql`` : sql`and p.id > ${after}`}
      and (h.cash < 0 or s.below_maintenance or s.credit_low)
    order by p.id limit ${limit}`.execute(db);
  return rows.map(({ belowMaintenance, creditLow, ...row }) => ({ ...row, before: { belowMaintenance, creditLow } }));
}

/** Holds how a portfolio stood until the transaction ends, so that of two that see it pass a line one tells. */
export async function holdStanding(tx: Tx, portfolioId: string): Promise<MarginStanding & { readonly crossings: number }> {
  await tx
    .insertInto('margin_standings')
    .values({ portfolio_id: portfolioId })
    .onConflict((conflict) => conflict.column('portfolio_id').doNothing())
    .execute();
  const row = await tx
    .selectFrom('margin_standings')
    .selectAll()
    .where('portfolio_id', '=', portfolioId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return { belowMaintenance: row.below_maintenance, creditLow: row.credit_low, crossings: row.crossings };
}

export async function saveStanding(
  tx: Tx,
  portfolioId: string,
  { belowMaintenance, creditLow, crossings }: MarginStanding & { readonly crossings: number },
): Promise<void> {
  await tx
    .updateTable('margin_standings')
    .set({ below_maintenance: belowMaintenance, credit_low: creditLow, crossings })
    .where('portfolio_id', '=', portfolioId)
    .execute();
}
