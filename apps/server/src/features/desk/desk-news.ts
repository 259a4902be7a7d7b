/** News between servers: which portfolios a desk has changed. A server hears the others, not itself. */
import { randomUUID } from 'node:crypto';
import type { Bus } from '../../platform/bus/index.ts';
import type { Desk } from './desk.ts';

export interface DeskNews {
  /**
   * Tells of portfolios that the desks of other servers have changed; null when news may have been missed, so that everything is
   * to be looked at again. Answers how to stop. The news of a server that is killed within the moment after a commit are lost:
   * whoever must not miss an order looks at the database from time to time.
   */
  hear(listener: (portfolioIds: readonly string[] | null) => void): Promise<() => void>;
  /** Tells the other servers what it has gathered, and nothing more. */
  close(): Promise<void>;
}

export interface DeskNewsNeeds {
  readonly bus: Bus;
  readonly desk: Pick<Desk, 'onCommitted'>;
  readonly onError: (error: unknown) => void;
}

const COMMITTED = 'desk.committed';
/** News are gathered for this long: at most fifty messages a second, however many orders there are. */
const GATHER_MS = 20;
/** What could not be told is told again, with what has come since. */
const TELL_AGAIN_MS = 1_000;
const IDS_A_MESSAGE = 150;

interface Message {
  readonly from: string;
  readonly ids: readonly string[];
}

export function createDeskNews({ bus, desk, onError }: DeskNewsNeeds): DeskNews {
  const self = randomUUID();
  const sender = createSender((ids) => bus.publish(COMMITTED, { from: self, ids } satisfies Message), onError);
  const stopGathering = desk.onCommitted(({ states }) => sender.add(states.map(({ id }) => id)));
  return {
    async hear(listener) {
      const stops = [
        await bus.subscribe(COMMITTED, (payload) => {
          const { from, ids } = payload as Message;
          if (from !== self) listener(ids);
        }),
        bus.onLost(() => listener(null)),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    async close() {
      stopGathering();
      await sender.close();
    },
  };
}

/** Gathers ids and sends them a little later, each once, until they have gone out. */
function createSender(send: (ids: readonly string[]) => Promise<void>, onError: (error: unknown) => void) {
  const gathered = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  const wake = (afterMs: number): void => {
    if (!closed) timer ??= setTimeout(() => void flush(), afterMs);
  };
  const flush = async (): Promise<void> => {
    timer = null;
    const ids = [...gathered];
    gathered.clear();
    for (let from = 0; from < ids.length; from += IDS_A_MESSAGE) {
      const part = ids.slice(from, from + IDS_A_MESSAGE);
      try {
        await send(part);
      } catch (error) {
        onError(error);
        for (const id of part) gathered.add(id);
        wake(TELL_AGAIN_MS);
      }
    }
  };
  return {
    add(ids: readonly string[]): void {
      for (const id of ids) gathered.add(id);
      if (gathered.size > 0) wake(GATHER_MS);
    },
    async close(): Promise<void> {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await flush();
    },
  };
}
