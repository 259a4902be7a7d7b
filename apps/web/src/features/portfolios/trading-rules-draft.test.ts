import type { Portfolio } from '@holdfast/sdk';
import { expect, test } from 'vitest';
import { checkRules, rulesDraft, toSettings, type RulesDraft } from './trading-rules-draft.ts';

const settings: NonNullable<Portfolio['settings']> = {
  fillModel: 'chance',
  fillChancePercent: 30,
  fillSeed: 7,
  slippageBasisPoints: 5,
  tradingHours: 'exchange',
  creditLimit: '500',
  fees: { fixed: '1', basisPoints: 2.5, minimum: '0.5' },
};

test('what is read is what is sent', () => {
  expect(toSettings(rulesDraft(settings))).toEqual(settings);
  expect(checkRules(rulesDraft(settings))).toEqual({});
});

test.each<[part: Partial<RulesDraft>, problems: string[]]>([
  [{ fillChancePercent: '0' }, ['fillChancePercent']],
  [{ fillChancePercent: '100.5' }, ['fillChancePercent']],
  [{ fillSeed: '' }, ['fillSeed']],
  [{ slippageBasisPoints: '1001' }, ['slippageBasisPoints']],
  [{ fixed: '-1', minimum: 'x' }, ['fixed', 'minimum']],
  [{ creditLimit: '' }, ['creditLimit']],
])('%j is told at %j', (part, problems) => {
  expect(Object.keys(checkRules({ ...rulesDraft(settings), ...part }))).toEqual(problems);
});
