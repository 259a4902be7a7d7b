import { sql } from 'kysely';
import type { Db } from '../../platform/db/pool.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Somebody who comes back after a year is told of a new device. */
const DEVICES_KEPT_MS = 365 * DAY_MS;
/** Ended keys are in no list; the audit log keeps that they were. */
const KEYS_KEPT_MS = 30 * DAY_MS;

/** Deletes tokens, challenges, failures, devices and keys that have served their time. Answers how many rows went. */
export async function forgetPastProofs(db: Db, now: number): Promise<number> {
  const at = (ms: number) => new Date(now - ms);
  const gone = await Promise.all([
    db.deleteFrom('mailed_tokens').where('expires_at', '<', at(0)).executeTakeFirst(),
    db.deleteFrom('used_challenges').where('expires_at', '<', at(0)).executeTakeFirst(),
    db.deleteFrom('failed_attempts').where('last_at', '<', at(DAY_MS)).executeTakeFirst(),
    db.deleteFrom('known_devices').where('last_seen_at', '<', at(DEVICES_KEPT_MS)).executeTakeFirst(),
    db
      .deleteFrom('api_keys')
      .where(sql<boolean>`least(revoked_at, expires_at) < ${at(KEYS_KEPT_MS)}`)
      .executeTakeFirst(),
  ]);
  return gone.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}
