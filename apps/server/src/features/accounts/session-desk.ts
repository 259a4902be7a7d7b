import type { Tx } from '../../platform/db/transact.ts';
import type { Asker } from './asker.ts';

/** What accounts ask of sessions. Sessions stand on accounts, so the app hands this in. */
export interface SessionDesk {
  /** Ends every session and every token of a user at once, as part of the transaction. */
  endAll(
    tx: Tx,
    end: { readonly userId: string; readonly because: string; readonly actorId: string | null; readonly asker: Asker },
  ): Promise<void>;
}
