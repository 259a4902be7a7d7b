/** Many orders at once. With a key the whole batch has its effect once: a repeated one answers what the first did. */
import { transact } from '../../platform/db/transact.ts';
import { AppError, claimKey, knownError, notFound } from '../../platform/http/index.ts';
import type { KeyedRequest } from '../../platform/http/index.ts';
import type { KeptOrder } from '../desk/index.ts';
import type { OrderCaller, OrderNeeds } from './order-needs.ts';
import type { OrderInput } from './order-request.ts';
import { keepBatchAnswer } from './order-store.ts';
import { placeOrder } from './place-order.ts';

export interface BatchRequest {
  readonly portfolioId: string;
  readonly orders: readonly OrderInput[];
  readonly key: Pick<KeyedRequest, 'key' | 'hash'> | null;
}

export interface BatchAnswer {
  /** The answer as JSON text. */
  readonly text: string;
  readonly replayed: boolean;
}

export async function placeOrders(
  needs: OrderNeeds & { readonly json: (order: KeptOrder) => string },
  caller: OrderCaller,
  asked: BatchRequest,
): Promise<BatchAnswer> {
  await requireTrading(needs, caller.userId, asked.portfolioId);
  const { db, clock } = needs;
  const keyed = asked.key === null ? null : { ...asked.key, userId: caller.userId, operation: 'placeOrders', showsSecret: false };
  // A batch that was begun and not finished is begun again: its orders have keys of their own, so each is found or placed.
  const earlier = keyed === null ? null : await transact(db, (tx) => claimKey(tx, keyed, clock.now()));
  if (typeof earlier?.body === 'string') return { text: earlier.body, replayed: true };
  const rows = await Promise.all(asked.orders.map((input, index) => placeOne(needs, caller, { asked, input, index })));
  const [failure] = rows.flatMap(({ failure: error }) => (error === null ? [] : [error]));
  // A batch of which nothing could be decided has failed as a whole; else each order answers for itself.
  if (failure !== undefined && rows.every(({ failure: error }) => error !== null)) throw failure.error;
  const text = `{"items":[${rows.map((row) => row.text).join(',')}]}`;
  // Sent again, it is to find what was placed and to try what failed.
  if (keyed !== null && failure === undefined) await keepBatchAnswer(db, { ...keyed, text });
  return { text, replayed: false };
}

interface BatchRow {
  readonly text: string;
  /** Why the order could not be decided, as opposed to refused. */
  readonly failure: { readonly error: unknown } | null;
}

async function requireTrading({ states }: OrderNeeds, userId: string, portfolioId: string): Promise<void> {
  const state = await states.current(portfolioId);
  if (state === null || state.userId !== userId) throw notFound('portfolio');
  if (state.kind === 'tracked')
    throw new AppError(
      'portfolio_kind',
      'A tracked portfolio takes no orders: record the transactions, or open a paper portfolio to trade.',
    );
  if (state.archived) throw new AppError('portfolio_archived', 'The portfolio is archived. Bring it back first.');
}

async function placeOne(
  needs: OrderNeeds & { readonly json: (order: KeptOrder) => string },
  caller: OrderCaller,
  { asked, input, index }: { readonly asked: BatchRequest; readonly input: OrderInput; readonly index: number },
): Promise<BatchRow> {
  // The blank keeps it apart from every key that a client can send.
  const idempotencyKey = asked.key === null ? null : `${asked.key.key} ${index}`;
  try {
    const outcome = await placeOrder(needs, caller, { portfolioId: asked.portfolioId, input, idempotencyKey });
    const status = outcome.replayed === 'clientOrderId' ? 200 : 201;
    return { text: `{"index":${index},"status":${status},"order":${needs.json(outcome.order)},"error":null}`, failure: null };
  } catch (error) {
    const { code, message, status, extras } = knownError(error);
    if (status === 401) throw error;
    const { needed, available, currency } = extras;
    const told = JSON.stringify({ code, detail: message, needed, available, currency });
    return { text: `{"index":${index},"status":${status},"order":null,"error":${told}}`, failure: status >= 500 ? { error } : null };
  }
}
