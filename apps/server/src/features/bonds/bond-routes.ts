import * as contract from '@holdfast/contract/bonds';
import { dayOfInstant } from '@holdfast/engine/time';
import { notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { offsetMinutes } from '../../platform/time-zone.ts';
import { getInstrument } from '../instruments/index.ts';
import type { Instruments } from '../instruments/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import { findBondTerms } from './bond-store.ts';
import { proposeTransactions } from './propose-transactions.ts';
import { removeBondTerms, setBondTerms, wireTerms } from './set-bond-terms.ts';

const DAY_MS = 86_400_000;

export function bindBondRoutes(context: ServeContext, { instruments }: { readonly instruments: Instruments }): void {
  const { db, clock } = context;
  const desk = { db, clock, instruments };

  serve(context, contract.getBondTerms, async ({ caller, params }) => {
    const instrument = await getInstrument(instruments, caller.userId, params.symbol);
    const terms = (await findBondTerms(db, [instrument.key])).get(instrument.key);
    if (terms === undefined) throw notFound('bond terms');
    return wireTerms(instrument, terms, Math.floor(clock.now() / DAY_MS));
  });

  serve(context, contract.putBondTerms, (ask) => setBondTerms(desk, ask, { symbol: ask.params.symbol, body: ask.body }));

  serve(context, contract.removeBondTerms, async (ask) => {
    await removeBondTerms(desk, ask, ask.params.symbol);
    return undefined;
  });

  serve(context, contract.listProposedTransactions, async ({ caller, params }) => {
    const portfolio = await ownPortfolio(context, caller, params.id);
    const now = clock.now();
    const today = dayOfInstant(now, offsetMinutes(portfolio.timeZone, now));
    return { items: [...(await proposeTransactions({ db, instruments: instruments.book }, portfolio, today))] };
  });
}
