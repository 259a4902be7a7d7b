import * as contract from '@holdfast/contract/instruments';
import { Answer, serve, Serialised } from '../../platform/http/index.ts';
import type { Ask, ServeContext } from '../../platform/http/index.ts';
import type { Asker } from './asker.ts';
import { createInstrument } from './create-instrument.ts';
import { getInstrument } from './get-instrument.ts';
import { instrumentText, wireInstrument } from './instrument-json.ts';
import { createInstrumentLists } from './list-instruments.ts';
import type { Instruments } from './open-instruments.ts';
import { deactivateInstrument, updateInstrument } from './update-instrument.ts';

export function bindInstrumentRoutes(context: ServeContext, { instruments }: { readonly instruments: Instruments }): void {
  const atOnce = { ...context, scoped: false };
  const writer = { db: context.db, clock: context.clock, instruments };
  const list = createInstrumentLists(instruments.book);
  serve(atOnce, contract.listInstruments, ({ caller, query }) => {
    const userId = caller?.userId ?? null;
    const page = list(userId, query);
    if (query.search === undefined || query.cursor !== undefined || !page.text.startsWith('{"items":[]')) return page;
    // A symbol that only the provider knows is looked up and kept.
    return instruments.find(query.search, caller?.userId).then((found) => (found === null ? page : list(userId, query)));
  });
  serve(context, contract.getInstrument, async ({ caller, params }) => {
    return new Serialised(instrumentText(await getInstrument(instruments, caller?.userId, params.symbol)));
  });
  serve(context, contract.createInstrument, async (ask) => {
    return new Answer(201, wireInstrument(await createInstrument(writer, askerOf(ask), ask.body)));
  });
  serve(context, contract.updateInstrument, async (ask) => {
    return wireInstrument(await updateInstrument(writer, askerOf(ask), { symbol: ask.params.symbol, change: ask.body }));
  });
  serve(context, contract.deactivateInstrument, async (ask) => {
    await deactivateInstrument(writer, askerOf(ask), ask.params.symbol);
    return undefined;
  });
}

function askerOf({ caller, requestId, ip }: Pick<Ask<typeof contract.createInstrument>, 'caller' | 'requestId' | 'ip'>): Asker {
  return { caller, requestId, ip };
}
