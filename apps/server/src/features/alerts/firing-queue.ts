/** Answers on their way to the database. What cannot be written is tried again until it can; the marks wait for it. */
import { postgresCode } from '../../platform/db/transact.ts';
import type { Firing } from './watch-store.ts';

export interface FiringQueue {
  add(firings: readonly Firing[]): void;
  /** Resolves when everything added so far is written or has come too late; false when the database does not take it now. */
  drained(): Promise<boolean>;
  /** Tries once more and stops. */
  close(): Promise<void>;
}

export interface FiringQueueNeeds {
  /** Writes a batch in one transaction. */
  readonly write: (batch: readonly Firing[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

const BATCH = 200;
const TRY_AGAIN_MS = 1_000;

export function createFiringQueue({ write, onError }: FiringQueueNeeds): FiringQueue {
  let waiting: Firing[] = [];
  let running: Promise<boolean> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  const writeAll = async (): Promise<boolean> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      try {
        await writeApart(write, batch, onError);
      } catch (error) {
        onError(error);
        if (!closed) timer ??= setTimeout(() => void start(true), TRY_AGAIN_MS);
        return false;
      }
      waiting = waiting.slice(batch.length);
    }
    return true;
  };
  const start = (fromTimer = false): Promise<boolean> => {
    if (fromTimer) timer = null;
    running ??= writeAll().finally(() => (running = null));
    return running;
  };

  return {
    add(firings) {
      if (firings.length === 0) return;
      waiting.push(...firings);
      if (!closed && timer === null) void start();
    },
    drained: async () => (running === null && waiting.length === 0 ? true : start()),
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      await start();
    },
  };
}

/** A batch fails as a whole for one that the database will never take: then each is written by itself, and that one is let go. */
async function writeApart(write: FiringQueueNeeds['write'], batch: readonly Firing[], onError: FiringQueueNeeds['onError']): Promise<void> {
  try {
    await write(batch);
  } catch (error) {
    if (!isHopeless(error)) throw error;
    if (batch.length === 1) onError(error);
    else for (const firing of batch) await writeApart(write, [firing], onError);
  }
}

/** Classes 22 and 23 of SQLSTATE: the data itself is wrong, and stays so. */
function isHopeless(error: unknown): boolean {
  return /^2[23]/.test(postgresCode(error) ?? '');
}
