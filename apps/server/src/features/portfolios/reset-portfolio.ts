import { decimal, floorToStep, formatDecimal, isZero, maximum, minimum, smallestAmount, subtract, ZERO } from '@holdfast/engine/money';
import { transact } from '../../platform/db/transact.ts';
import { AppError } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { ownPortfolio } from './change-portfolio.ts';
import { OPEN_ORDERS_LEFT } from './open-orders-left.ts';
import type { CancelOpenOrders } from './change-portfolio.ts';
import { depositStartingCash, MOST_CASH, startingCash } from './open-portfolio.ts';
import type { PortfolioNeeds } from './open-portfolio.ts';
import type { PortfolioCaller } from './portfolio-caller.ts';
import { beginEpoch, hasOpenOrders, lockHead } from './portfolio-store.ts';
import type { Portfolio } from './portfolio.ts';

/** Starts a paper portfolio again: open orders are canceled, the old epoch stays readable, the new one has only its starting cash. */
export async function resetPortfolio(
  needs: PortfolioNeeds & { readonly cancelOpenOrders: CancelOpenOrders },
  caller: PortfolioCaller,
  asked: { readonly id: string; readonly startingCash: string | number | undefined },
): Promise<Portfolio> {
  const before = await ownPortfolio(needs, caller, asked.id);
  if (before.kind === 'tracked')
    throw new AppError('portfolio_kind', 'Only a paper portfolio can be reset; take the transactions of a tracked one back instead.');
  if (before.archivedAt !== null) throw archived();
  const cash = startingCash(asked.startingCash, { paper: true, currency: before.baseCurrency });
  await needs.cancelOpenOrders(caller, asked.id);
  return transact(needs.db, async (tx) => {
    await lockHead(tx, asked.id);
    if (await hasOpenOrders(tx, asked.id)) throw new AppError('conflict', OPEN_ORDERS_LEFT);
    const at = new Date(needs.clock.now());
    const { epoch, archivedAt } = await ownPortfolio({ db: tx }, caller, asked.id);
    if (archivedAt !== null) throw archived();
    await beginEpoch(tx, { id: asked.id, epoch: epoch + 1 }, { cash, at });
    if (!isZero(cash)) await depositStartingCash(tx, { portfolioId: asked.id, epoch: epoch + 1, currency: before.baseCurrency, cash, at });
    await writeAuditEntry(tx, {
      at: at.getTime(),
      actorId: caller.userId,
      action: 'portfolio.reset',
      subjectKind: 'portfolio',
      subjectId: asked.id,
      requestId: caller.requestId,
      ip: caller.ip,
      details: { epoch: epoch + 1 },
    });
    return ownPortfolio({ db: tx }, caller, asked.id);
  });
}

function archived(): AppError {
  return new AppError('portfolio_archived', 'The portfolio is archived. Bring it back first.');
}

/** A new paper portfolio with the same rules, currency and free cash. */
export function cloneRequest(source: Portfolio, name: string | undefined) {
  if (source.kind === 'tracked' || source.settings === null) throw new AppError('portfolio_kind', 'Only a paper portfolio can be cloned.');
  const { description, baseCurrency, timeZone, costMethod, settings } = source;
  // Open orders may hold back fractions of a cent, deposits add up to more than a portfolio may begin with, and credit is not cash.
  const own = subtract(decimal(source.cash[0]?.available ?? '0'), decimal(settings.creditLimit));
  const available = floorToStep(maximum(own, ZERO), smallestAmount(baseCurrency));
  return {
    name: name ?? `${source.name} (copy)`.slice(0, 100),
    description,
    kind: 'paper' as const,
    baseCurrency,
    timeZone,
    costMethod,
    settings,
    startingCash: formatDecimal(minimum(available, MOST_CASH)),
  };
}
