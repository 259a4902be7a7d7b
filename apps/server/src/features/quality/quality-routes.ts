import { fixQualityIssue, listQualityIssues } from '@holdfast/contract/quality';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { ownPortfolio } from '../portfolios/index.ts';
import { checkPortfolio } from './check-portfolio.ts';
import { fixIssue } from './fix-issue.ts';
import type { FixNeeds } from './fix-issue.ts';

export function bindQualityRoutes(context: ServeContext, needs: FixNeeds): void {
  serve(context, listQualityIssues, async ({ caller, params, query }) => {
    const portfolio = await ownPortfolio(needs, caller, params.id);
    const issues = await checkPortfolio(needs, portfolio);
    const asked = issues.filter(({ severity, check }) => (query.severity ?? severity) === severity && (query.check ?? check) === check);
    return {
      items: asked.map(({ recordId, at, id, check, severity, description, advice, fix }) => ({
        id,
        check,
        severity,
        description,
        advice,
        transactionId: recordId,
        at: at === null ? null : new Date(at).toISOString(),
        // The records of a paper portfolio are those of its orders.
        fix: portfolio.kind === 'paper' ? null : (fix?.kind ?? null),
      })),
    };
  });

  serve(context, fixQualityIssue, async (ask) => {
    const caller = { userId: ask.caller.userId, tokenVersion: ask.caller.tokenVersion, requestId: ask.requestId, ip: ask.ip };
    const { kind, transactionId, fixedAt } = await fixIssue(needs, caller, { portfolioId: ask.params.id, issueId: ask.params.issueId });
    return { issueId: ask.params.issueId, kind: kind as 'reverse', transactionId, fixedAt: fixedAt.toISOString() };
  });
}
