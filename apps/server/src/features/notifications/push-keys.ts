/** The key pair that push services know this server by: from the settings, or made on first use and kept. */
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import type { Seal } from '../../platform/seal.ts';
import { makePushKeys } from '../../providers/push/index.ts';
import type { PushKeys } from '../../providers/push/index.ts';
import { keepFirstKey, replaceKey } from './push-key-store.ts';

export interface PushKeyNeeds {
  readonly db: Db;
  readonly clock: Clock;
  readonly seal: Seal;
  /** Null: the server makes its own. */
  readonly given: PushKeys | null;
  readonly onError: (error: unknown) => void;
}

/** Servers of one database have the same. */
export function createPushKeys({ db, clock, seal, given, onError }: PushKeyNeeds): () => Promise<PushKeys> {
  let known: Promise<PushKeys> | null = given === null ? null : Promise.resolve(given);
  const read = async (): Promise<PushKeys> => {
    const made = seal.seal(JSON.stringify(makePushKeys()));
    const kept = await keepFirstKey(db, made, new Date(clock.now()));
    try {
      return JSON.parse(seal.open(kept)) as PushKeys;
    } catch (error) {
      // Sealed under another SECRET_KEY: subscriptions made for that key can never be used again.
      onError(error);
      await replaceKey(db, { old: kept, sealed: made, at: new Date(clock.now()) });
      return JSON.parse(seal.open(await keepFirstKey(db, made, new Date(clock.now())))) as PushKeys;
    }
  };
  return () => {
    known ??= read().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
