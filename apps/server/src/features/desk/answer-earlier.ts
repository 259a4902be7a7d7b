import type pg from 'pg';
import { AppError } from '../../platform/http/index.ts';
import type { Pending } from './desk-command.ts';
import { freeOldKeys } from './desk-store.ts';
import { earlierOutcomes, oldestKeptAt, userKeys } from './earlier-outcomes.ts';

/** Answers the commands whose key had its effect before, and gives back the others. Never rejects: what cannot be looked up is told so. */
export async function answerEarlier<One extends Pending>(pool: pg.Pool, batch: readonly One[], now: number): Promise<readonly One[]> {
  if (batch.length === 0) return [];
  try {
    const commands = batch.map(({ command }) => command);
    const earlier = await earlierOutcomes(pool, commands, now);
    for (const { command, resolve, reject } of batch) {
      const outcome = earlier.get(command);
      if (outcome instanceof AppError) reject(outcome);
      else if (outcome !== undefined) resolve(outcome);
    }
    return batch.filter(({ command }) => !earlier.has(command));
  } catch (error) {
    for (const { reject } of batch) reject(error);
    return [];
  }
}

/** Keys count for a day: older ones give way to these commands, which are given back. Never rejects. */
export async function freed(pool: pg.Pool, batch: readonly Pending[], now: number): Promise<readonly Pending[]> {
  try {
    await freeOldKeys(
      pool,
      batch.flatMap(({ command }) => userKeys(command)),
      oldestKeptAt(now),
    );
    return batch;
  } catch (error) {
    for (const { reject } of batch) reject(error);
    return [];
  }
}
