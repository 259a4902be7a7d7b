import { sql } from 'kysely';
import type { Selectable } from 'kysely';
import type { UsersTable } from '../../platform/db/generated/schema.ts';
import type { Db } from '../../platform/db/pool.ts';
import { postgresCode } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import type { Role } from '../../platform/http/index.ts';
import type { User } from './user.ts';

/** Throws `email_taken` or `username_taken`. */
export async function insertUser(tx: Tx, user: User): Promise<void> {
  const row = {
    id: user.id,
    email: user.email,
    username: user.username,
    password_hash: user.passwordHash,
    first_name: user.firstName,
    last_name: user.lastName,
    role: user.role,
    timezone: user.timezone,
    locale: user.locale,
    base_currency: user.baseCurrency,
    email_verified_at: user.emailVerifiedAt === null ? null : new Date(user.emailVerifiedAt),
    created_at: new Date(user.createdAt),
    updated_at: new Date(user.updatedAt),
  };
  await tx.insertInto('users').values(row).execute().catch(rethrowTaken);
}

/** By e-mail address or user name, in any case. */
export async function findUserByLogin(db: Db, login: string): Promise<User | null> {
  const column = login.includes('@') ? sql<string>`lower(email)` : sql<string>`lower(username)`;
  const row = await db
    .selectFrom('users')
    .selectAll()
    .where(column, '=', sql<string>`lower(${login})`)
    .executeTakeFirst();
  return row === undefined ? null : toUser(row);
}

export async function findUser(db: Db, id: string): Promise<User | null> {
  const row = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : toUser(row);
}

/** The user's row, locked until the transaction ends. */
export async function lockUser(tx: Tx, id: string): Promise<User | null> {
  const row = await tx.selectFrom('users').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row === undefined ? null : toUser(row);
}

/** The ids of the active administrators, locked in one order, so that of two who leave at once the second sees the first gone. */
export async function lockAdministrators(tx: Tx): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('users')
    .select('id')
    .where('role', '=', 'admin')
    .where('is_active', '=', true)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

export interface UserChange {
  readonly email?: string;
  readonly emailVerifiedAt?: number;
  readonly username?: string | null;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly timezone?: string;
  readonly locale?: string;
  readonly baseCurrency?: string;
  readonly role?: Role;
  readonly isActive?: boolean;
  readonly passwordHash?: string;
}

/** Throws `email_taken` or `username_taken`. `at` is epoch milliseconds. */
export async function updateUser(tx: Tx, id: string, { at, ...change }: UserChange & { readonly at: number }): Promise<User> {
  const row = await tx
    .updateTable('users')
    .set({
      ...(change.email === undefined ? {} : { email: change.email }),
      ...(change.emailVerifiedAt === undefined ? {} : { email_verified_at: new Date(change.emailVerifiedAt) }),
      ...(change.username === undefined ? {} : { username: change.username }),
      ...(change.firstName === undefined ? {} : { first_name: change.firstName }),
      ...(change.lastName === undefined ? {} : { last_name: change.lastName }),
      ...(change.timezone === undefined ? {} : { timezone: change.timezone }),
      ...(change.locale === undefined ? {} : { locale: change.locale }),
      ...(change.baseCurrency === undefined ? {} : { base_currency: change.baseCurrency }),
      ...(change.role === undefined ? {} : { role: change.role }),
      ...(change.isActive === undefined ? {} : { is_active: change.isActive, deactivated_at: change.isActive ? null : new Date(at) }),
      ...(change.passwordHash === undefined ? {} : { password_hash: change.passwordHash }),
      updated_at: new Date(at),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch(rethrowTaken);
  return toUser(row);
}

/** Ends every token issued so far: tokens carry the version they were issued under. */
export async function raiseTokenVersion(tx: Tx, userId: string): Promise<void> {
  await tx
    .updateTable('users')
    .set({ token_version: sql<number>`token_version + 1` })
    .where('id', '=', userId)
    .execute();
}

export async function deleteUser(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('users').where('id', '=', id).execute();
}

/** Held until the transaction ends: one server at a time looks for an administrator and makes one. */
export async function lockFirstAdministrator(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('holdfast first administrator'))`.execute(tx);
}

export interface UserFilter {
  readonly search?: string | undefined;
  readonly role?: Role | undefined;
  readonly isActive?: boolean | undefined;
  readonly id?: string;
}

/** A user and where they are signed in. */
export interface UserOverview {
  readonly user: User;
  readonly lastSeenAt: number | null;
  readonly openSessions: number;
}

export interface UserPage {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly limit: number;
  /** Where the page before ended: the address in small letters, which counts where it is sorted by, and the id. */
  readonly after: { readonly place: string; readonly id: string } | null;
  readonly sort?: 'createdAt' | '-createdAt' | 'email' | '-email' | undefined;
}

/** Newest first; one more than the limit, to tell whether more follow. `now` is epoch milliseconds. */
export async function findUserOverviews(db: Db, filter: UserFilter, page: UserPage): Promise<readonly UserOverview[]> {
  let query = db
    .selectFrom('users')
    .selectAll('users')
    .select(({ selectFrom }) => [
      selectFrom('sessions')
        .select(({ fn }) => fn.max('last_seen_at').as('seen'))
        .whereRef('sessions.user_id', '=', 'users.id')
        .as('last_seen_at'),
      selectFrom('sessions')
        .select(({ fn }) => fn.countAll<number>().as('open'))
        .whereRef('sessions.user_id', '=', 'users.id')
        .where('revoked_at', 'is', null)
        .where('expires_at', '>', new Date(page.now))
        .as('open_sessions'),
    ])
    .limit(page.limit + 1);
  const direction = page.sort?.startsWith('-') === false ? 'asc' : 'desc';
  const beyond = direction === 'asc' ? '>' : '<';
  const email = sql<string>`lower(email)`;
  const byEmail = page.sort?.endsWith('email') === true;
  if (byEmail) query = query.orderBy(email, direction);
  query = query.orderBy('id', direction);
  if (filter.id !== undefined) query = query.where('id', '=', filter.id);
  if (filter.role !== undefined) query = query.where('role', '=', filter.role);
  if (filter.isActive !== undefined) query = query.where('is_active', '=', filter.isActive);
  const { after } = page;
  if (after !== null)
    query = byEmail
      ? query.where(sql<boolean>`(${email}, id) ${sql.raw(beyond)} (${after.place}, ${after.id}::uuid)`)
      : query.where('id', beyond, after.id);
  if (filter.search !== undefined && filter.search !== '') {
    const pattern = `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where(({ or, eb }) =>
      or([
        eb('email', 'ilike', pattern),
        eb('username', 'ilike', pattern),
        eb('first_name', 'ilike', pattern),
        eb('last_name', 'ilike', pattern),
      ]),
    );
  }
  const rows = await query.execute();
  return rows.map((row) => ({
    user: toUser(row),
    lastSeenAt: row.last_seen_at?.getTime() ?? null,
    openSessions: Number(row.open_sessions ?? 0),
  }));
}

export function toUser(row: Selectable<UsersTable>): User {
  return {
    id: row.id,
    email: row.email,
    username: row.username,
    passwordHash: row.password_hash,
    firstName: row.first_name,
    lastName: row.last_name,
    // The table's check allows nothing else.
    role: row.role as Role,
    isActive: row.is_active,
    timezone: row.timezone,
    locale: row.locale,
    baseCurrency: row.base_currency,
    tokenVersion: row.token_version,
    emailVerifiedAt: row.email_verified_at?.getTime() ?? null,
    createdAt: row.created_at.getTime(),
    updatedAt: row.updated_at.getTime(),
    deactivatedAt: row.deactivated_at?.getTime() ?? null,
  };
}

function rethrowTaken(error: unknown): never {
  const constraint = postgresCode(error) === '23505' ? (error as { readonly constraint?: string }).constraint : undefined;
  if (constraint === 'users_email')
    throw new AppError('email_taken', 'There is an account with this e-mail address. Sign in, or use another address.', {
      errors: [{ path: 'email', message: 'has an account already' }],
    });
  if (constraint === 'users_username')
    throw new AppError('username_taken', 'This user name is taken. Choose another.', {
      errors: [{ path: 'username', message: 'is taken' }],
    });
  throw error;
}
