import type { Portfolio, PortfolioSummary, QualityIssue } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { tasksOf } from './tasks-of.ts';

const portfolio = { id: 'a', kind: 'tracked' } as Portfolio;
const finding = (severity: QualityIssue['severity']) => ({ severity }) as QualityIssue;
const summary = (positions: number, totalValue: string, unpriced: string[] = []) =>
  ({ positions, totalValue, unpriced }) as unknown as PortfolioSummary;

test.each([
  ['grave findings are counted', { findings: [finding('high'), finding('medium'), finding('low')], summary: summary(1, '5') }, ['mend 2']],
  ['prices are missing', { findings: [], summary: summary(2, '5', ['HOUSE', 'BOND']) }, ['price 2']],
  ['nothing recorded yet', { findings: [], summary: summary(0, '0') }, ['record 1']],
  ['all is well', { findings: [finding('low')], summary: summary(1, '5') }, []],
  ['not known yet', { findings: [], summary: undefined }, []],
])('%s', (_name, known, tasks) => {
  expect(tasksOf(portfolio, known).map(({ kind, count }) => `${kind} ${String(count)}`)).toEqual(tasks);
});
