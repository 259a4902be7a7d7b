import { newId } from '../../platform/ids.ts';
import type { DeskOutcome, PlaceCommand } from '../desk/index.ts';
import type { OrderCaller, OrderNeeds } from './order-needs.ts';
import { orderHash, orderRequest, resolveSymbol } from './order-request.ts';
import type { OrderInput } from './order-request.ts';

export interface PlaceRequest {
  readonly portfolioId: string;
  readonly input: OrderInput;
  readonly idempotencyKey: string | null;
}

export type OrderOutcome = Extract<DeskOutcome, { kind: 'order' }>;

/** The desk's command for an order as sent. Throws `unknown_symbol` and `invalid_value`. */
export function orderCommand(
  { instruments, clock }: Pick<OrderNeeds, 'instruments' | 'clock'>,
  caller: OrderCaller,
  asked: PlaceRequest,
): PlaceCommand {
  const instrument = resolveSymbol(instruments, asked.input.symbol, caller.userId);
  const request = orderRequest(asked.input, newId(clock.now()));
  const clientOrderId = asked.input.clientOrderId ?? null;
  return {
    kind: 'place',
    portfolioId: asked.portfolioId,
    by: caller,
    request,
    instrument,
    clientOrderId,
    idempotencyKey: asked.idempotencyKey,
    requestHash: orderHash(asked.portfolioId, request, { instrument, clientOrderId }),
  };
}

/** Resolves when the order is durably committed. Rejects with the refusal: nothing was created, no key used up. */
export async function placeOrder(needs: OrderNeeds, caller: OrderCaller, asked: PlaceRequest): Promise<OrderOutcome> {
  const outcome = await needs.desk.submit(orderCommand(needs, caller, asked));
  if (outcome.kind !== 'order') throw new Error('The desk answered a placement with something else.');
  return outcome;
}
