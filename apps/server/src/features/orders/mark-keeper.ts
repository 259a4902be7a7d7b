import type pg from 'pg';
import type { Logger } from 'pino';
import { keepMarks } from './order-store.ts';
import type { WaitingOrders } from './waiting-orders.ts';

interface MarkKeeper {
  /** Writes the marks that have moved: at once, or with those that move while the last ones are being written. */
  keep(): void;
  /** Resolves when the last moved mark is written. */
  close(): Promise<void>;
}

/** Keeps how far trailing stops have followed the price, so that a restart goes on from there. */
export function createMarkKeeper(
  { pool, logger }: { readonly pool: pg.Pool; readonly logger: Pick<Logger, 'error'> },
  waiting: Pick<WaitingOrders, 'takeMarks'>,
): MarkKeeper {
  const unwritten = new Map<string, ReturnType<WaitingOrders['takeMarks']>[number]>();
  let writing: Promise<void> | null = null;
  const take = (): void => {
    for (const mark of waiting.takeMarks()) unwritten.set(mark.id, mark);
  };
  const write = async (): Promise<void> => {
    while (unwritten.size > 0) {
      const marks = [...unwritten.values()];
      unwritten.clear();
      try {
        await keepMarks(pool, marks);
      } catch (error) {
        logger.error({ err: error }, 'the marks of trailing stops could not be kept');
        // They are written with the next ones; a mark that has moved on meanwhile is the better one.
        for (const mark of marks) if (!unwritten.has(mark.id)) unwritten.set(mark.id, mark);
        return;
      }
      take();
    }
  };
  const keep = (): void => {
    take();
    if (unwritten.size > 0) writing ??= write().finally(() => (writing = null));
  };
  return {
    keep,
    async close() {
      keep();
      await writing;
    },
  };
}
