/** Puts an issue right in one step, where that is safe. What it does is a transaction like any other, with an entry in the audit log. */
import { ALL_CHECKS } from '@holdfast/engine/quality';
import type { Check, Fix } from '@holdfast/engine/quality';
import { formatDecimal } from '@holdfast/engine/money';
import { formatDay } from '@holdfast/engine/time';
import { transact } from '../../platform/db/transact.ts';
import { AppError, notFound } from '../../platform/http/index.ts';
import type { ExchangeRates } from '../../providers/exchange-rates/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { lockHead, ownPortfolio } from '../portfolios/index.ts';
import type { PortfolioCaller } from '../portfolios/index.ts';
import { recordTransaction, reverseTransaction } from '../transactions/index.ts';
import type { TransactionNeeds } from '../transactions/index.ts';
import { checkPortfolio } from './check-portfolio.ts';
import type { QualityNeeds } from './check-portfolio.ts';
import { findFix, saveFix } from './quality-store.ts';
import type { FixRow } from './quality-store.ts';

export type FixNeeds = QualityNeeds & { readonly rates: ExchangeRates };

/** Checks whose findings can be put right: they look at the records alone, which are locked meanwhile. */
const FIXABLE: readonly Check[] = ALL_CHECKS.filter(({ id }) =>
  ['invalid-price', 'invalid-quantity', 'split-unaccounted', 'duplicate', 'negative-cash'].includes(id),
);

/** What was done; of an issue that was put right before, what was done then. Throws `conflict` where somebody has to decide. */
export async function fixIssue(
  needs: FixNeeds,
  caller: PortfolioCaller,
  asked: { readonly portfolioId: string; readonly issueId: string },
): Promise<FixRow> {
  const { db, clock } = needs;
  const portfolio = await ownPortfolio(needs, caller, asked.portfolioId);
  if (portfolio.kind === 'paper')
    throw new AppError(
      'portfolio_kind',
      'The transactions of a paper portfolio come from its orders and cash moves: nothing of them is corrected.',
    );
  const done = await transact(db, async (tx) => {
    await lockHead(tx, portfolio.id);
    const issues = await checkPortfolio({ ...needs, db: tx }, portfolio, { checks: FIXABLE });
    const issue = issues.find(({ id }) => id === asked.issueId);
    if (issue === undefined) return findFix(tx, asked);
    if (issue.fix === null) throw undecided(issue.check, issue.advice);
    const transactionId = await apply({ ...needs, db: tx }, caller, { portfolioId: portfolio.id, fix: issue.fix });
    const row = { kind: issue.fix.kind, transactionId, fixedAt: new Date(clock.now()) };
    await saveFix(tx, asked, row);
    await writeAuditEntry(tx, {
      at: clock.now(),
      actorId: caller.userId,
      action: 'quality-issue.fixed',
      subjectKind: 'portfolio',
      subjectId: portfolio.id,
      requestId: caller.requestId,
      ip: caller.ip,
      details: { issueId: issue.id, check: issue.check, kind: row.kind, transactionId },
    });
    return row;
  });
  if (done !== null) return done;
  // An issue of a check that no step puts right is there, and says so.
  const other = (await checkPortfolio(needs, portfolio)).find(({ id }) => id === asked.issueId);
  throw other === undefined ? notFound('quality issue') : undecided(other.check, other.advice);
}

function undecided(check: string, advice: string): AppError {
  return new AppError('conflict', `No single step puts an issue of ${check} right. ${advice}`);
}

async function apply(
  needs: TransactionNeeds,
  caller: PortfolioCaller,
  { portfolioId, fix }: { readonly portfolioId: string; readonly fix: Fix },
): Promise<string> {
  switch (fix.kind) {
    case 'reverse':
      await reverseTransaction(needs, caller, { portfolioId, id: fix.recordId });
      return fix.recordId;
    case 'recordSplit': {
      const input = { newShares: formatDecimal(fix.newShares), oldShares: formatDecimal(fix.oldShares), tradedAt: formatDay(fix.exOn) };
      const row = await recordTransaction(needs, caller, { portfolioId, type: 'split', symbol: fix.symbol, input, source: 'manual' });
      return row.id;
    }
    case 'deposit': {
      const input = { amount: formatDecimal(fix.amount), currency: fix.currency, tradedAt: formatDay(fix.on) };
      const row = await recordTransaction(needs, caller, { portfolioId, type: 'deposit', symbol: undefined, input, source: 'manual' });
      return row.id;
    }
  }
}
