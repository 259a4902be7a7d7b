import type { Portfolio, PortfolioSummary, QualityIssue } from '@holdfast/sdk';

export interface Task {
  readonly kind: 'mend' | 'price' | 'record';
  readonly portfolio: Portfolio;
  readonly count: number;
}

interface Known {
  readonly findings: readonly QualityIssue[];
  readonly summary: PortfolioSummary | undefined;
}

/** What a portfolio waits for. Slight findings are no task. */
export function tasksOf(portfolio: Portfolio, { findings, summary }: Known): Task[] {
  const grave = findings.filter((finding) => finding.severity !== 'low').length;
  const unpriced = summary?.unpriced.length ?? 0;
  const empty = portfolio.kind === 'tracked' && summary?.positions === 0 && /^0(\.0*)?$/.test(summary.totalValue);
  return [
    ...(grave > 0 ? [{ kind: 'mend' as const, portfolio, count: grave }] : []),
    ...(unpriced > 0 ? [{ kind: 'price' as const, portfolio, count: unpriced }] : []),
    ...(empty ? [{ kind: 'record' as const, portfolio, count: 1 }] : []),
  ];
}
