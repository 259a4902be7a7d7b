import type { Db } from '../../platform/db/pool.ts';
import type { NamedPortfolio } from './tell-alert.ts';

export async function findPortfolioNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, NamedPortfolio>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('portfolios')
    .select(['id', 'name', 'base_currency'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name, base_currency: baseCurrency }) => [id, { name, baseCurrency }]));
}
