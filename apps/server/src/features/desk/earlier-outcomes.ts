/** Finds what earlier requests with the same keys did: a retry gets the first answer, another body is refused. */
import { decimal } from '@holdfast/engine/money';
import type pg from 'pg';
import { AppError, KEYS_KEPT_MS, keyReused } from '../../platform/http/index.ts';
import type { CashCommand, CashReceipt, DeskCommand, DeskOutcome, PlaceCommand, ReplaceCommand } from './desk-command.ts';
import { findKeyedAnswers, findKeyedOrders } from './desk-store.ts';
import type { KeyedAnswerRow, KeyedOrder, UserKey } from './desk-store.ts';

/** The keys under which a command has its effect at most once. */
export function keysOf(command: DeskCommand): readonly string[] {
  const keys = userKeys(command).map(([userId, key]) => `key ${userId} ${key}`);
  const clientOrderId = clientOrderIdOf(command);
  if (clientOrderId !== null) keys.push(`client ${command.portfolioId} ${clientOrderId}`);
  return keys;
}

function clientOrderIdOf(command: DeskCommand): string | null {
  return command.kind === 'place' || command.kind === 'replace' ? command.clientOrderId : null;
}

/** The Idempotency-Key of a command with the user it belongs to; none or one. */
export function userKeys(command: DeskCommand): readonly UserKey[] {
  if (command.kind !== 'place' && command.kind !== 'cash') return [];
  const { by, idempotencyKey } = command;
  return by === null || idempotencyKey === null ? [] : [[by.userId, idempotencyKey]];
}

/** Keys of effects before this instant count no more. */
export function oldestKeptAt(now: number): Date {
  return new Date(now - KEYS_KEPT_MS);
}

interface Found {
  readonly orders: readonly KeyedOrder[];
  readonly answers: readonly KeyedAnswerRow[];
}

export async function earlierOutcomes(
  pool: pg.Pool,
  commands: readonly DeskCommand[],
  now: number,
): Promise<ReadonlyMap<DeskCommand, DeskOutcome | AppError>> {
  const keyed = commands.filter((command) => command.kind === 'place' || command.kind === 'replace' || command.kind === 'cash');
  const idempotencyKeys = keyed.flatMap(userKeys);
  const clientOrderIds = keyed.flatMap((command) => {
    const clientOrderId = clientOrderIdOf(command);
    return clientOrderId === null ? [] : [[command.portfolioId, clientOrderId] as const];
  });
  const since = oldestKeptAt(now);
  const found: Found = {
    orders: keyed.length === 0 ? [] : await findKeyedOrders(pool, { clientOrderIds, idempotencyKeys, since }),
    answers: idempotencyKeys.length === 0 ? [] : await findKeyedAnswers(pool, idempotencyKeys, since),
  };
  const outcomes = new Map<DeskCommand, DeskOutcome | AppError>();
  for (const command of keyed) {
    const outcome =
      command.kind === 'place'
        ? earlierOrder(command, found)
        : command.kind === 'replace'
          ? earlierReplacement(command, found)
          : earlierReceipt(command, found);
    if (outcome !== null) outcomes.set(command, outcome);
  }
  return outcomes;
}

/** The same replacement asked for again answers the order that it made. */
function earlierReplacement(command: ReplaceCommand, { orders }: Found): DeskOutcome | AppError | null {
  const { clientOrderId, portfolioId, orderId } = command;
  if (clientOrderId === null) return null;
  const found = orders.find(({ order }) => order.clientOrderId === clientOrderId && order.portfolioId === portfolioId);
  if (found === undefined) return null;
  return found.order.terms?.replacesId === orderId
    ? { kind: 'order', order: found.order, replayed: 'clientOrderId' }
    : clientOrderIdTaken(clientOrderId);
}

function clientOrderIdTaken(clientOrderId: string): AppError {
  return new AppError('client_order_id_taken', `The portfolio has another order with the client order id ${clientOrderId}.`);
}

function earlierOrder(command: PlaceCommand, { orders, answers }: Found): DeskOutcome | AppError | null {
  const byKey = orders.find((found) => hasKey(found, command));
  if (byKey !== undefined) {
    return sameBody(byKey, command) ? { kind: 'order', order: byKey.order, replayed: 'idempotencyKey' } : keyReused();
  }
  if (answers.some((answer) => isKeyOf(answer, command))) return keyReused();
  // A portfolio's client order ids are only answered to its owner: others were refused before they came here.
  const byClientId = orders.find(
    ({ order }) =>
      command.clientOrderId !== null && order.clientOrderId === command.clientOrderId && order.portfolioId === command.portfolioId,
  );
  if (byClientId === undefined) return null;
  if (sameBody(byClientId, command)) return { kind: 'order', order: byClientId.order, replayed: 'clientOrderId' };
  return clientOrderIdTaken(command.clientOrderId ?? '');
}

function sameBody(found: KeyedOrder, command: PlaceCommand): boolean {
  return found.requestHash?.equals(command.requestHash) === true;
}

function hasKey({ userId, idempotencyKey }: KeyedOrder, command: PlaceCommand | CashCommand): boolean {
  return idempotencyKey !== null && idempotencyKey === command.idempotencyKey && userId === command.by?.userId;
}

function isKeyOf(answer: KeyedAnswerRow, command: PlaceCommand | CashCommand): boolean {
  return answer.user_id === command.by?.userId && answer.key === command.idempotencyKey;
}

function earlierReceipt(command: CashCommand, { orders, answers }: Found): DeskOutcome | AppError | null {
  const found = answers.find((answer) => isKeyOf(answer, command));
  if (found === undefined) return orders.some((order) => hasKey(order, command)) ? keyReused() : null;
  if (found.operation !== 'moveCash' || !found.request_hash.equals(command.requestHash)) return keyReused();
  return { kind: 'cash', receipt: receiptFrom(found.body ?? '{}'), replayed: true };
}

function receiptFrom(text: string): CashReceipt {
  const kept = JSON.parse(text) as {
    transactionId: string;
    type: 'deposit' | 'withdrawal';
    amount: string;
    currency: string;
    balance: string;
    tradedAt: string;
  };
  return { ...kept, amount: decimal(kept.amount), balance: decimal(kept.balance), at: Date.parse(kept.tradedAt) };
}
