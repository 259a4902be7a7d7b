/**
 * The order desk: every command that moves a paper portfolio's money comes here. One batch is in flight per lane; the next is whatever
 * arrived while it was being committed. Commands are decided in the order of arrival by the pure engine, written in one statement,
 * and answered after the commit. A command that cannot be written is tried alone, so that it fails alone.
 */
import type pg from 'pg';
import type { Logger } from 'pino';
import { AppError } from '../../platform/http/index.ts';
import type { OrderEvent } from './batch.ts';
import type { DeskCommand, DeskOutcome, Pending } from './desk-command.ts';
import type { Market } from './market.ts';
import type { PortfolioState } from './portfolio-state.ts';
import type { PortfolioStates } from './portfolio-states.ts';
import { createBatchWorker } from './work-batch.ts';

/** What a committed batch changed. */
export interface Committed {
  readonly states: readonly PortfolioState[];
  readonly orderEvents: readonly OrderEvent[];
}

export interface DeskOptions {
  readonly pool: pg.Pool;
  readonly states: PortfolioStates;
  readonly market: Market;
  readonly logger: Pick<Logger, 'error' | 'warn'>;
  readonly lanes?: number;
  readonly mostPerBatch?: number;
  /** Told of the size of each batch and the seconds its commit took. */
  readonly observe?: (size: number, seconds: number) => void;
}

export interface Desk {
  /** Resolves when the effect is durable. Rejects with an AppError when the command is refused. */
  submit(command: DeskCommand): Promise<DeskOutcome>;
  /** Called after each commit, before the commands are answered. Answers how to stop. */
  onCommitted(listener: (committed: Committed) => void): () => void;
  /** Waits for what is in flight; later commands are refused. */
  close(): Promise<void>;
}

interface Lane {
  queue: Pending[];
  running: boolean;
}

export function openDesk(options: DeskOptions): Desk {
  const mostPerBatch = options.mostPerBatch ?? 256;
  const listeners = new Set<(committed: Committed) => void>();
  const lanes: readonly Lane[] = Array.from({ length: options.lanes ?? 2 }, () => ({ queue: [], running: false }));
  const work = createBatchWorker(options, (committed) => {
    for (const listener of listeners) {
      try {
        listener(committed);
      } catch (error) {
        options.logger.error({ err: error }, 'a listener of the desk failed');
      }
    }
  });
  let closing = false;

  const laneOf = (portfolioId: string) => lanes[(portfolioId.charCodeAt(35) + portfolioId.charCodeAt(34) * 7) % lanes.length] ?? lanes[0];

  async function runLane(lane: Lane): Promise<void> {
    while (lane.queue.length > 0) await work(lane.queue.splice(0, mostPerBatch));
    lane.running = false;
  }

  return {
    submit(command) {
      if (closing) return Promise.reject(new AppError('unavailable', 'The server is stopping. Try again in a moment.'));
      return new Promise((resolve, reject) => {
        const lane = laneOf(command.portfolioId);
        if (lane === undefined) return reject(new Error('The desk has no lane.'));
        lane.queue.push({ command, resolve, reject });
        if (lane.running) return;
        lane.running = true;
        // After this turn of the event loop, so that requests that came in together go together.
        setImmediate(() => void runLane(lane));
      });
    },
    onCommitted(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      closing = true;
      while (lanes.some((lane) => lane.running)) await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
