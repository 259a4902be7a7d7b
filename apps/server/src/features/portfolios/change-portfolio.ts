import type { BodyOf } from '@holdfast/contract';
import type { changePortfolio as contract } from '@holdfast/contract/portfolios';
import { transact, within } from '../../platform/db/transact.ts';
import type { Tx } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { forgetSnapshots } from '../snapshots/index.ts';
import { knownTimeZone } from './open-portfolio.ts';
import type { PortfolioNeeds } from './open-portfolio.ts';
import type { PortfolioCaller } from './portfolio-caller.ts';
import { findPortfolio, hasOpenOrders, lockHead, setCreditLimit, updatePortfolio } from './portfolio-store.ts';
import type { Portfolio } from './portfolio.ts';
import { OPEN_ORDERS_LEFT } from './open-orders-left.ts';
import { redateLots } from './redate-lots.ts';
import { mergeSettings } from './trading-settings-input.ts';

/** Cancels what a portfolio has open; the desk does it, since only it moves reservations. */
export type CancelOpenOrders = (caller: PortfolioCaller, portfolioId: string) => Promise<unknown>;

/** Makes holdings and ledger of a tracked portfolio follow its transactions again. */
export type RecountHoldings = (tx: Tx, portfolio: Portfolio) => Promise<unknown>;

export async function changePortfolio(
  needs: PortfolioNeeds & { readonly cancelOpenOrders: CancelOpenOrders; readonly recountHoldings: RecountHoldings },
  caller: PortfolioCaller,
  asked: { readonly id: string; readonly change: BodyOf<typeof contract> },
): Promise<Portfolio> {
  const { db, clock } = needs;
  const { id, change } = asked;
  const before = await ownPortfolio(needs, caller, id);
  if (change.settings !== undefined && before.kind === 'tracked')
    throw new AppError('portfolio_kind', 'A tracked portfolio has no trading rules.');
  if (change.costMethod !== undefined && before.kind === 'paper')
    throw new AppError(
      'portfolio_kind',
      'The gains of a paper portfolio stand as they were traded: its cost method is chosen when it is opened.',
    );
  if (change.archived === true && before.isDefault)
    throw new AppError('conflict', 'The default portfolio cannot be archived: older clients record their purchases there.');
  if (change.archived === true) await needs.cancelOpenOrders(caller, id);
  return transact(db, async (tx) => {
    await lockHead(tx, id);
    if (change.archived === true && (await hasOpenOrders(tx, id))) throw new AppError('conflict', OPEN_ORDERS_LEFT);
    // Read again under the lock, so that of two changes at once none is lost.
    const present = await ownPortfolio({ db: tx }, caller, id);
    const at = new Date(clock.now());
    const settings = change.settings === undefined ? undefined : mergeSettings(present.settings ?? {}, change.settings);
    if (settings !== undefined && settings.creditLimit !== present.settings?.creditLimit)
      await setCreditLimit(tx, id, settings.creditLimit);
    await updatePortfolio(tx, id, {
      at,
      name: change.name?.trim(),
      description: change.description,
      timeZone: change.timeZone === undefined ? undefined : knownTimeZone(change.timeZone),
      costMethod: change.costMethod,
      settings,
      archivedAt: change.archived === undefined ? undefined : change.archived ? (present.archivedAt ?? at) : null,
    });
    await recount(needs, tx, { present, change });
    const wasArchived = present.archivedAt !== null;
    const sameAsBefore = change.archived === undefined || change.archived === wasArchived;
    const action = sameAsBefore ? 'portfolio.changed' : change.archived ? 'portfolio.archived' : 'portfolio.restored';
    await writeAuditEntry(tx, {
      at: at.getTime(),
      actorId: caller.userId,
      action,
      subjectKind: 'portfolio',
      subjectId: id,
      requestId: caller.requestId,
      ip: caller.ip,
      details: { fields: Object.keys(change) },
    });
    return ownPortfolio({ ...needs, db: tx }, caller, id);
  });
}

/** What follows from the portfolio's days and cost method follows anew. A paper portfolio's gains stand as they were traded. */
async function recount(
  needs: { readonly recountHoldings: RecountHoldings },
  tx: Tx,
  { present, change }: { readonly present: Portfolio; readonly change: BodyOf<typeof contract> },
): Promise<void> {
  const { id, userId, kind } = present;
  const otherZone = change.timeZone !== undefined && change.timeZone !== present.timeZone;
  const otherMethod = change.costMethod !== undefined && change.costMethod !== present.costMethod;
  if (otherZone) await forgetSnapshots(tx, id);
  if (kind === 'paper' && otherZone) await redateLots(tx, { id, timeZone: change.timeZone ?? present.timeZone });
  if (kind === 'tracked' && (otherZone || otherMethod)) await needs.recountHoldings(tx, await ownPortfolio({ db: tx }, { userId }, id));
}

/** The portfolio if it is the caller's. Not found and not theirs are the same answer. */
export async function ownPortfolio(
  { db }: Pick<PortfolioNeeds, 'db'>,
  caller: { readonly userId: string },
  id: string,
): Promise<Portfolio> {
  const portfolio = await findPortfolio(within(db), { userId: caller.userId, id });
  if (portfolio === null) throw notFound('portfolio');
  return portfolio;
}
