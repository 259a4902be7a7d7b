import type { Tx } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { lockAdministrators } from './user-store.ts';

/** Refuses, as `conflict`, what would leave the server without an administrator. Call it before the user's own row is locked. */
export async function keepAnAdministrator(tx: Tx, leavingId: string): Promise<void> {
  const administrators = await lockAdministrators(tx);
  if (administrators.length === 1 && administrators[0] === leavingId)
    throw new AppError('conflict', 'This is the last active administrator. Make another user administrator first.');
}
