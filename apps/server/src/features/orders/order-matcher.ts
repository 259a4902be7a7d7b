/** Quotes in, triggered orders out: resting orders wait in a book per instrument; the desk decides whether they still stand. */
import type { Touch } from '@holdfast/engine/matching';
import type { Decimal } from '@holdfast/engine/money';
import { reachesStop } from '@holdfast/engine/orders';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '../../platform/clock.ts';
import type { Desk, DeskCommand, DeskNews } from '../desk/index.ts';
import type { Quote, QuoteBoard } from '../quotes/index.ts';
import { followOpenOrders } from './follow-open-orders.ts';
import { createMarkKeeper } from './mark-keeper.ts';
import { createWaitingOrders } from './waiting-orders.ts';
import type { WaitingOrder, WaitingOrders } from './waiting-orders.ts';

export interface MatcherNeeds {
  readonly pool: pg.Pool;
  readonly desk: Desk;
  readonly news: DeskNews;
  readonly quotes: QuoteBoard;
  readonly clock: Clock;
  readonly logger: Pick<Logger, 'error'>;
}

export interface OrderMatcher {
  /** How many orders wait. */
  readonly size: number;
  /** Reads the open orders; from then on the news of this desk and of other servers keep the books. */
  start(): Promise<void>;
  /** Looks for new orders of other servers that nobody told of. Done every 5 s once started. */
  look(): Promise<void>;
  /** Ends the orders whose time is over. Done every second once started. */
  expire(): void;
  /** Resolves when how far trailing stops have followed the price is kept. */
  stop(): Promise<void>;
}

const LOOK_FOR_EXPIRY_MS = 1_000;

export function createOrderMatcher(needs: MatcherNeeds): OrderMatcher {
  const { quotes, clock, logger } = needs;
  const waiting = createWaitingOrders();
  const submit = createSubmitter(needs, waiting);
  const marks = createMarkKeeper(needs, waiting);
  const stops: (() => void)[] = [];
  const open = followOpenOrders({
    ...needs,
    waiting,
    // A quote may have come between its decision and its being heard of here, and a market that stands still sends no other.
    onAdded: (order, decidedAt) => {
      const quote = quotes.quoteOf(order.instrumentKey);
      if (quote !== null && quote.at > decidedAt && reaches(touchOf(quote), order)) submit(order, { kind: 'trigger', last: quote.last });
    },
    onError: (error) => logger.error({ err: error }, 'the open orders could not be read'),
  });
  const onTick = (changed: readonly Quote[]): void => {
    for (const quote of changed)
      for (const order of waiting.reachedBy(quote.instrumentKey, touchOf(quote))) submit(order, { kind: 'trigger', last: quote.last });
    marks.keep();
  };
  const expire = (): void => {
    for (const order of waiting.dueAt(clock.now())) submit(order, { kind: 'expire' });
  };

  return {
    get size() {
      return waiting.size;
    },
    async start() {
      await open.start();
      stops.push(quotes.onTick(onTick));
      const timer = setInterval(expire, LOOK_FOR_EXPIRY_MS);
      timer.unref();
      stops.push(() => clearInterval(timer));
    },
    look: open.look,
    expire,
    async stop() {
      open.stop();
      for (const stop of stops.splice(0)) stop();
      await marks.close();
    },
  };
}

type Reason = { readonly kind: 'trigger'; readonly last: Decimal } | { readonly kind: 'expire' };

/** Hands orders to the desk, each once at a time. */
function createSubmitter({ desk, logger }: MatcherNeeds, waiting: WaitingOrders) {
  const submitted = new Set<string>();
  const commandFor = (order: WaitingOrder, reason: Reason): DeskCommand => {
    const common = { portfolioId: order.portfolioId, by: null, orderId: order.id };
    if (reason.kind === 'expire') return { kind: 'expire', ...common };
    const seen = order.wait.on === 'limit' ? null : { last: reason.last, mark: waiting.markOf(order) };
    return { kind: 'trigger', ...common, seen };
  };
  return (order: WaitingOrder, reason: Reason): void => {
    if (submitted.has(order.id)) return;
    submitted.add(order.id);
    desk
      .submit(commandFor(order, reason))
      .then((outcome) => {
        if (outcome.kind === 'nothing' && outcome.final) waiting.remove(order.id);
      })
      .catch((error: unknown) => logger.error({ err: error, orderId: order.id }, 'a resting order could not be worked on'))
      .finally(() => submitted.delete(order.id));
  };
}

function touchOf({ bid, ask, last }: Quote): Touch {
  return { bid: bid ?? last, ask: ask ?? last, last };
}

function reaches({ bid, ask, last }: Touch, { side, wait }: WaitingOrder): boolean {
  if (wait.on === 'trail') return true;
  if (wait.on === 'stop') return reachesStop(side, wait.price, last);
  if (wait.price === null) return true;
  return side === 'buy' ? wait.price >= ask : wait.price <= bid;
}
