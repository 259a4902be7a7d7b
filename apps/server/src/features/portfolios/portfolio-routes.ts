import {
  changePortfolio as changeContract,
  clonePortfolio,
  createPortfolio,
  deletePortfolio,
  getPortfolio,
  listPortfolios,
  resetPortfolio as resetContract,
} from '@holdfast/contract/portfolios';
import { Answer, page, readCursor, serve, writeCursor } from '../../platform/http/index.ts';
import type { Caller, ServeContext } from '../../platform/http/index.ts';
import { changePortfolio, ownPortfolio } from './change-portfolio.ts';
import type { CancelOpenOrders, RecountHoldings } from './change-portfolio.ts';
import { openPortfolio } from './open-portfolio.ts';
import type { PortfolioNeeds } from './open-portfolio.ts';
import type { PortfolioCaller } from './portfolio-caller.ts';
import { isId } from '../../platform/ids.ts';
import { findPortfolios } from './portfolio-store.ts';
import { describePortfolio } from './portfolio.ts';
import { cloneRequest, resetPortfolio } from './reset-portfolio.ts';

export interface PortfolioRouteNeeds extends PortfolioNeeds {
  readonly cancelOpenOrders: CancelOpenOrders;
  /** The user's own base currency and time zone, where a new portfolio names none. */
  readonly recountHoldings: RecountHoldings;
  readonly preferencesOf: (userId: string) => Promise<{ readonly baseCurrency: string; readonly timeZone: string }>;
}

export function bindPortfolioRoutes(context: ServeContext, needs: PortfolioRouteNeeds): void {
  serve(context, listPortfolios, async ({ caller, query }) => {
    const limit = query.limit ?? 50;
    const after = readCursor('portfolios', query.cursor, [isId])?.[0] ?? null;
    const filter = { userId: caller.userId, kind: query.kind, archived: query.archived ?? false };
    const rows = await findPortfolios(needs.db, filter, { limit, after });
    return page(rows, limit, { item: describePortfolio, cursor: ({ id }) => writeCursor('portfolios', [id]) });
  });
  serve(context, createPortfolio, async (ask) => {
    const made = await openPortfolio(needs, { ...callerOf(ask), ...(await needs.preferencesOf(ask.caller.userId)) }, ask.body);
    return describePortfolio(made);
  });
  serve(context, getPortfolio, async ({ caller, params }) => describePortfolio(await ownPortfolio(needs, caller, params.id)));
  serve(context, changeContract, async (ask) =>
    describePortfolio(await changePortfolio(needs, callerOf(ask), { id: ask.params.id, change: ask.body })),
  );
  serve(context, deletePortfolio, async (ask) => {
    await changePortfolio(needs, callerOf(ask), { id: ask.params.id, change: { archived: true } });
    return new Answer(204, undefined);
  });
  serve(context, resetContract, async (ask) => {
    return describePortfolio(await resetPortfolio(needs, callerOf(ask), { id: ask.params.id, startingCash: ask.body.startingCash }));
  });
  serve(context, clonePortfolio, async (ask) => {
    const source = await ownPortfolio(needs, ask.caller, ask.params.id);
    return describePortfolio(await openPortfolio(needs, callerOf(ask), cloneRequest(source, ask.body.name)));
  });
}

function callerOf(ask: { readonly caller: Caller; readonly requestId: string; readonly ip: string }): PortfolioCaller {
  return { userId: ask.caller.userId, requestId: ask.requestId, ip: ask.ip };
}
