/** All SQL of portfolios. */
import { add, decimal, formatDecimal, subtract } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { settingsFrom } from './portfolio.ts';
import type { Portfolio } from './portfolio.ts';

export interface NewPortfolio {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'tracked' | 'paper';
  readonly cashMode: 'full' | 'implied';
  readonly baseCurrency: string;
  readonly timeZone: string;
  readonly costMethod: string;
  readonly settings: object;
  /** Null for tracked portfolios, whose cash is not guarded. */
  readonly creditLimit: string | null;
  readonly isDefault: boolean;
  readonly at: Date;
  readonly cash: Decimal;
}

export async function insertPortfolio(tx: Tx, portfolio: NewPortfolio): Promise<void> {
  await tx
    .insertInto('portfolios')
    .values({
      id: portfolio.id,
      user_id: portfolio.userId,
      name: portfolio.name,
      description: portfolio.description,
      kind: portfolio.kind,
      cash_mode: portfolio.cashMode,
      base_currency: portfolio.baseCurrency,
      time_zone: portfolio.timeZone,
      cost_method: portfolio.costMethod,
      settings: JSON.stringify(portfolio.settings),
      is_default: portfolio.isDefault,
      created_at: portfolio.at,
      updated_at: portfolio.at,
    })
    .execute();
  await tx
    .insertInto('portfolio_heads')
    .values({ portfolio_id: portfolio.id, cash: formatDecimal(portfolio.cash), credit_limit: portfolio.creditLimit })
    .execute();
}

export interface PortfolioFilter {
  readonly userId: string;
  readonly kind?: 'tracked' | 'paper' | undefined;
  readonly archived: boolean;
}

const FOREIGN_CASH = sql<{ currency: string; balance: string }[]>`(
  select coalesce(json_agg(json_build_object('currency', f.currency, 'balance', f.balance::text) order by f.currency), '[]')
  from foreign_cash f where f.portfolio_id = p.id and f.balance <> 0)`;

function portfolios(db: Db | Tx) {
  return db
    .selectFrom('portfolios as p')
    .innerJoin('portfolio_heads as h', 'h.portfolio_id', 'p.id')
    .select([
      'p.id',
      'p.user_id',
      'p.name',
      'p.description',
      'p.kind',
      'p.cash_mode',
      'p.base_currency',
      'p.time_zone',
      'p.cost_method',
      'p.settings',
      'p.is_default',
    ])
    .select([
      'p.epoch',
      'p.created_at',
      'p.updated_at',
      'p.archived_at',
      'h.cash',
      'h.reserved',
      'h.credit_limit',
      FOREIGN_CASH.as('foreign_cash'),
    ]);
}

type PortfolioRow = Awaited<ReturnType<ReturnType<typeof portfolios>['executeTakeFirstOrThrow']>>;

/** A page of portfolios in order of their ids, which is that of their making. */
export async function findPortfolios(
  db: Db,
  filter: PortfolioFilter,
  page: { readonly limit: number; readonly after: string | null },
): Promise<readonly Portfolio[]> {
  let query = portfolios(db)
    .where('p.user_id', '=', filter.userId)
    .orderBy('p.id')
    .limit(page.limit + 1);
  query = query.where('p.archived_at', filter.archived ? 'is not' : 'is', null);
  if (filter.kind !== undefined) query = query.where('p.kind', '=', filter.kind);
  if (page.after !== null) query = query.where('p.id', '>', page.after);
  return (await query.execute()).map(portfolioFrom);
}

/** The portfolio if it is this user's, else null. */
export async function findPortfolio(db: Db | Tx, owner: { readonly userId: string; readonly id: string }): Promise<Portfolio | null> {
  const row = await portfolios(db).where('p.id', '=', owner.id).where('p.user_id', '=', owner.userId).executeTakeFirst();
  return row === undefined ? null : portfolioFrom(row);
}

export async function findDefaultPortfolio(db: Db | Tx, userId: string): Promise<Portfolio | null> {
  const row = await portfolios(db).where('p.user_id', '=', userId).where('p.is_default', '=', true).executeTakeFirst();
  return row === undefined ? null : portfolioFrom(row);
}

/** Every account has one from its first moment until it is erased. */
export async function getDefaultPortfolio(db: Db | Tx, userId: string): Promise<Portfolio> {
  const portfolio = await findDefaultPortfolio(db, userId);
  if (portfolio === null) throw new AppError('unauthenticated', 'The account is gone.');
  return portfolio;
}

/** All tracked portfolios of a user that are not archived. */
export async function listTracked(db: Db, userId: string): Promise<readonly Portfolio[]> {
  return findPortfolios(db, { userId, kind: 'tracked', archived: false }, { limit: 500, after: null });
}

/** All paper portfolios of a user that are not archived. */
export async function listPaper(db: Db, userId: string): Promise<readonly Portfolio[]> {
  return findPortfolios(db, { userId, kind: 'paper', archived: false }, { limit: 500, after: null });
}

export async function countPortfolios(db: Db | Tx, userId: string): Promise<number> {
  const row = await db
    .selectFrom('portfolios')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Locks the user's row until the transaction ends, so that what is counted stays so. */
export async function lockOwner(tx: Tx, userId: string): Promise<void> {
  await tx.selectFrom('users').select('id').where('id', '=', userId).forNoKeyUpdate().execute();
}

/** Locks the portfolio's head until the transaction ends and answers what a change starts from. */
export async function lockHead(tx: Tx, id: string) {
  return tx
    .selectFrom('portfolio_heads')
    .select(['version', 'event_sequence', 'cash', 'reserved'])
    .where('portfolio_id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Whether orders of the portfolio are open. Certain as long as its head is locked: the desk writes none without the lock. */
export async function hasOpenOrders(tx: Tx, id: string): Promise<boolean> {
  const open = await tx
    .selectFrom('orders')
    .select('id')
    .where('portfolio_id', '=', id)
    .where('status', 'in', ['accepted', 'partiallyFilled'])
    .limit(1)
    .executeTakeFirst();
  return open !== undefined;
}

export interface PortfolioChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly timeZone?: string | undefined;
  readonly costMethod?: string | undefined;
  readonly settings?: object | undefined;
  readonly archivedAt?: Date | null | undefined;
}

/** Throws where the portfolio owes more than it might. Its head must be locked. */
export async function setCreditLimit(tx: Tx, id: string, creditLimit: string): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('portfolio_heads')
    .set({ credit_limit: creditLimit })
    .where('portfolio_id', '=', id)
    .where(sql<boolean>`cash - reserved >= -${creditLimit}::numeric`)
    .executeTakeFirst();
  if (numUpdatedRows === 0n)
    throw new AppError('conflict', `The portfolio has used more than ${creditLimit} of credit. Deposit cash or cancel open orders first.`);
}

/** Changes the portfolio and raises its version, so that every server reads it again. */
export async function updatePortfolio(tx: Tx, id: string, change: PortfolioChange & { readonly at: Date }): Promise<void> {
  await tx
    .updateTable('portfolios')
    .set({
      updated_at: change.at,
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.description === undefined ? {} : { description: change.description }),
      ...(change.timeZone === undefined ? {} : { time_zone: change.timeZone }),
      ...(change.costMethod === undefined ? {} : { cost_method: change.costMethod }),
      ...(change.settings === undefined ? {} : { settings: JSON.stringify(change.settings) }),
      ...(change.archivedAt === undefined ? {} : { archived_at: change.archivedAt }),
    })
    .where('id', '=', id)
    .execute();
  await raiseVersion(tx, id);
}

export async function raiseVersion(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('portfolio_heads')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .where('portfolio_id', '=', id)
    .execute();
}

/** Puts holdings and cash of the old epoch aside: the new one begins with this cash and nothing else. */
export async function beginEpoch(
  tx: Tx,
  portfolio: { readonly id: string; readonly epoch: number },
  start: { readonly cash: Decimal; readonly at: Date },
): Promise<void> {
  await tx.updateTable('portfolios').set({ epoch: portfolio.epoch, updated_at: start.at }).where('id', '=', portfolio.id).execute();
  await tx.deleteFrom('foreign_cash').where('portfolio_id', '=', portfolio.id).execute();
  await tx
    .updateTable('portfolio_heads')
    .set(({ eb }) => ({ version: eb('version', '+', 1), cash: formatDecimal(start.cash), reserved: '0' }))
    .where('portfolio_id', '=', portfolio.id)
    .execute();
}

/** A lot as positions keep it; after its id and day come its figures. */
type StoredLot = readonly [id: string, acquiredOn: number, ...figures: readonly string[]];

/** Of every epoch, the old ones too. */
export async function findStoredLots(tx: Tx, portfolioId: string) {
  const rows = await tx
    .selectFrom('positions')
    .select(['epoch', 'instrument_key', 'lots'])
    .where('portfolio_id', '=', portfolioId)
    .where('lots', 'is not', null)
    .execute();
  return rows.map((row) => ({
    epoch: row.epoch,
    instrumentKey: row.instrument_key,
    lots: row.lots as unknown as readonly StoredLot[],
  }));
}

/** When the transactions that opened these lots happened, epoch milliseconds. */
export async function findLotTimes(tx: Tx, portfolioId: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; traded_at: Date }>`select id, traded_at from transactions
    where portfolio_id = ${portfolioId} and id = any(${[...ids]}::uuid[]) and superseded_at is null`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.traded_at.getTime()]));
}

export async function saveStoredLots(
  tx: Tx,
  held: { readonly portfolioId: string; readonly epoch: number; readonly instrumentKey: number; readonly lots: readonly StoredLot[] },
): Promise<void> {
  await tx
    .updateTable('positions')
    .set({ lots: JSON.stringify(held.lots) })
    .where('portfolio_id', '=', held.portfolioId)
    .where('epoch', '=', held.epoch)
    .where('instrument_key', '=', held.instrumentKey)
    .execute();
}

/** Erases every row of a user's portfolios that no foreign key reaches; the portfolios themselves go with their user. */
export async function erasePortfolioRows(tx: Tx, userId: string): Promise<void> {
  // The desk waits for these locks and then finds no portfolio, so it writes nothing behind our back.
  await tx
    .selectFrom('portfolio_heads')
    .select('portfolio_id')
    .where('portfolio_id', 'in', tx.selectFrom('portfolios').select('id').where('user_id', '=', userId))
    .orderBy('portfolio_id')
    .forUpdate()
    .execute();
  for (const table of ['order_events', 'order_terms', 'orders', 'transfers', 'transactions', 'positions'] as const) {
    await tx
      .deleteFrom(table)
      .where('portfolio_id', 'in', tx.selectFrom('portfolios').select('id').where('user_id', '=', userId))
      .execute();
  }
}

function portfolioFrom(row: PortfolioRow): Portfolio {
  const [balance, reserved] = [decimal(row.cash), decimal(row.reserved)];
  const available = subtract(add(balance, decimal(row.credit_limit ?? '0')), reserved);
  const own = {
    currency: row.base_currency,
    balance: formatDecimal(balance),
    reserved: formatDecimal(reserved),
    available: formatDecimal(available),
  };
  const foreign = row.foreign_cash.map(({ currency, balance: text }) => {
    const amount = formatDecimal(decimal(text));
    return { currency, balance: amount, reserved: '0', available: amount };
  });
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    description: row.description,
    kind: row.kind as Portfolio['kind'],
    cashMode: row.cash_mode as Portfolio['cashMode'],
    baseCurrency: row.base_currency,
    timeZone: row.time_zone,
    costMethod: row.cost_method as Portfolio['costMethod'],
    settings: row.kind === 'paper' ? settingsFrom(row.settings) : null,
    isDefault: row.is_default,
    epoch: row.epoch,
    // A portfolio with implied cash keeps none: payments come from and go to the owner.
    cash: row.cash_mode === 'implied' ? [] : [own, ...foreign],
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  };
}
