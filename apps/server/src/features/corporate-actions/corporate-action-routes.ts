import * as contract from '@holdfast/contract/corporate-actions';
import { Answer, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { Instruments } from '../instruments/index.ts';
import { addAction, listActions, removeAction, wireAction } from './record-action.ts';

export interface CorporateActionNeeds {
  readonly instruments: Instruments;
  /** Whether an instrument's prices are computed, so that there is nothing to adjust. */
  readonly isComputed: (source: string) => boolean;
}

export function bindCorporateActionRoutes(context: ServeContext, { instruments, isComputed }: CorporateActionNeeds): void {
  const desk = { db: context.db, clock: context.clock, instruments, isComputed };
  serve(context, contract.listCorporateActions, ({ caller, params }) => listActions(desk, caller?.userId, params.symbol));
  serve(context, contract.addCorporateAction, async (ask) => {
    return new Answer(201, wireAction(await addAction(desk, ask, { symbol: ask.params.symbol, action: ask.body })));
  });
  serve(context, contract.removeCorporateAction, async (ask) => {
    await removeAction(desk, ask, { symbol: ask.params.symbol, id: ask.params.actionId });
    return undefined;
  });
}
