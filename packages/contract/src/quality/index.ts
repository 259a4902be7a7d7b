/** Quality: what may be wrong in a portfolio's records. */
import { Type } from 'typebox';
import { examplePortfolio } from '../portfolios/portfolio.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Id, Instant, Items, Nullable, OneOf } from '../shapes.ts';

export const FIX_KINDS = ['reverse', 'recordSplit', 'deposit'] as const;

export const QualityIssue = Closed({
  id: Id,
  check: Type.String(),
  severity: OneOf(['low', 'medium', 'high']),
  description: Type.String(),
  advice: Type.String(),
  transactionId: Nullable(Id),
  at: Nullable(Instant),
  fix: Nullable(
    OneOf(FIX_KINDS, {
      description:
        'The one step that puts it right: reverse takes the record back, recordSplit records the split, deposit the money that was missing. null: somebody has to decide.',
    }),
  ),
});

export const listQualityIssues = route({
  name: 'listQualityIssues',
  method: 'GET',
  path: '/api/v1/portfolios/{id}/quality-issues',
  tag: 'Quality',
  summary: 'What may be wrong in a portfolio’s records, the gravest first.',
  description: 'Checked when asked. An issue keeps its id as long as it exists and goes away when the records are right.',
  access: 'user',
  scope: 'read',
  params: Closed({ id: Id }),
  query: Closed({ severity: Type.Optional(OneOf(['low', 'medium', 'high'])), check: Type.Optional(Type.String({ maxLength: 60 })) }),
  answers: { 200: Items(QualityIssue) },
  errors: [],
  example: {
    params: { id: examplePortfolio.id },
    query: { severity: 'high' },
    answer: {
      items: [
        {
          id: '3d0c5f0a-3a53-5b44-9d1c-0c6c7d6f8a11',
          check: 'price-outside-range',
          severity: 'medium' as const,
          description:
            'Unlikely purchase price for the purchase of AAPL on 2026-01-05: 22.84, while AAPL traded between 226.1 and 229.9 on 2026-01-05.',
          advice: 'Compare with your broker’s confirmation: a wrong day, a wrong currency or a split since then are the usual reasons.',
          transactionId: '01980a5e-7c1e-7000-8000-00000000b002',
          at: '2026-01-05T14:30:00.000Z',
          fix: null,
        },
      ],
    },
  },
});

export const fixQualityIssue = route({
  name: 'fixQualityIssue',
  method: 'POST',
  path: '/api/v1/portfolios/{id}/quality-issues/{issueId}/fix',
  tag: 'Quality',
  summary: 'Put an issue right in one step.',
  description:
    'Does what the issue’s `fix` says, as a transaction or a reversal like any other, with its entry in the audit log; it can be taken back. An issue that was put right before answers what was done then.',
  access: 'user',
  scope: 'write',
  params: Closed({ id: Id, issueId: Id }),
  answers: {
    200: Closed({
      issueId: Id,
      kind: OneOf(FIX_KINDS),
      transactionId: Type.Unsafe<string>({ ...Id, description: 'The transaction that was recorded or taken back.' }),
      fixedAt: Instant,
    }),
  },
  errors: ['portfolio_kind', 'portfolio_archived', 'conflict'],
  idempotent: 'replayed',
  example: {
    params: { id: examplePortfolio.id, issueId: '3d0c5f0a-3a53-8b44-9d1c-0c6c7d6f8a11' },
    answer: {
      issueId: '3d0c5f0a-3a53-8b44-9d1c-0c6c7d6f8a11',
      kind: 'reverse',
      transactionId: '01980a5e-7c1e-7000-8000-00000000b002',
      fixedAt: '2026-01-05T14:30:00.000Z',
    },
  },
});

export const qualityRoutes: readonly Route[] = [listQualityIssues, fixQualityIssue];
