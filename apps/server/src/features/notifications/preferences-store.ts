/** All SQL of preferences. */
import type { Tx } from '../../platform/db/transact.ts';
import type { Db } from '../../platform/db/pool.ts';
import { DEFAULT_PREFERENCES } from './preferences.ts';
import type { Preferences } from './preferences.ts';

/** The columns of notification_preferences, all null where a user has chosen nothing. */
interface PreferenceColumns {
  readonly channels: object | null;
  readonly email_timing: string | null;
  readonly digest_at: string | null;
  readonly quiet_from: string | null;
  readonly quiet_to: string | null;
}

export function preferencesOf(row: PreferenceColumns): Preferences {
  const { quiet_from: from, quiet_to: to } = row;
  return {
    channels: row.channels ?? {},
    emailTiming: row.email_timing === 'daily' ? 'daily' : 'immediately',
    digestAt: row.digest_at ?? DEFAULT_PREFERENCES.digestAt,
    quietHours: from === null || to === null ? null : { from, to },
  };
}

export async function readPreferences(db: Db, userId: string): Promise<Preferences> {
  const row = await db
    .selectFrom('notification_preferences')
    .select(['channels', 'email_timing', 'digest_at', 'quiet_from', 'quiet_to'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return row === undefined ? DEFAULT_PREFERENCES : preferencesOf(row);
}

/** Holds the user's row, so that of two changes at once each builds on the other. Null when the user is gone. */
export async function holdPreferences(tx: Tx, userId: string): Promise<Preferences | null> {
  const user = await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().executeTakeFirst();
  return user === undefined ? null : readPreferences(tx, userId);
}

export async function writePreferences(
  tx: Tx,
  userId: string,
  { preferences, at }: { readonly preferences: Preferences; readonly at: number },
): Promise<void> {
  const { channels, emailTiming, digestAt, quietHours } = preferences;
  const columns = {
    channels: JSON.stringify(channels),
    email_timing: emailTiming,
    digest_at: digestAt,
    quiet_from: quietHours?.from ?? null,
    quiet_to: quietHours?.to ?? null,
    updated_at: new Date(at),
  };
  await tx
    .insertInto('notification_preferences')
    .values({ user_id: userId, ...columns })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(columns))
    .execute();
}
