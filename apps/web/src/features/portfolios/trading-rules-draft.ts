import { isNegative, parseDecimal, toNumber } from '@holdfast/engine/money';
import type { Portfolio } from '@holdfast/sdk';

type Settings = NonNullable<Portfolio['settings']>;

/** Trading rules while they are being written: figures as text, as they were typed. */
export interface RulesDraft {
  readonly fillModel: Settings['fillModel'];
  readonly fillChancePercent: string;
  readonly fillSeed: string;
  readonly slippageBasisPoints: string;
  readonly fixed: string;
  readonly basisPoints: string;
  readonly minimum: string;
  readonly tradingHours: Settings['tradingHours'];
  readonly creditLimit: string;
}

export function rulesDraft({ fees, ...settings }: Settings): RulesDraft {
  return {
    ...settings,
    fixed: fees.fixed,
    minimum: fees.minimum,
    basisPoints: String(fees.basisPoints),
    fillChancePercent: String(settings.fillChancePercent),
    fillSeed: String(settings.fillSeed),
    slippageBasisPoints: String(settings.slippageBasisPoints),
  };
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const WHOLE: { readonly [Name in 'fillChancePercent' | 'fillSeed' | 'slippageBasisPoints']: Range } = {
  fillChancePercent: { from: 1, to: 100 },
  fillSeed: { from: 0, to: 2_147_483_647 },
  slippageBasisPoints: { from: 0, to: 1_000 },
};
const AMOUNTS = ['fixed', 'basisPoints', 'minimum', 'creditLimit'] as const;

type RulesProblems = { readonly [Name in keyof RulesDraft]?: 'amount' | Range };

/** What the server would not take. */
export function checkRules(draft: RulesDraft): RulesProblems {
  const wholes = (Object.keys(WHOLE) as (keyof typeof WHOLE)[]).filter((name) => !isWhole(draft[name], WHOLE[name]));
  const amounts = AMOUNTS.filter((name) => {
    const value = parseDecimal(draft[name]);
    return value === null || isNegative(value);
  });
  return Object.fromEntries([...wholes.map((name) => [name, WHOLE[name]]), ...amounts.map((name) => [name, 'amount'])]) as RulesProblems;
}

function isWhole(text: string, { from, to }: Range): boolean {
  return /^\d{1,10}$/.test(text) && numberOf(text) >= from && numberOf(text) <= to;
}

function numberOf(text: string): number {
  const value = parseDecimal(text);
  return value === null ? Number.NaN : toNumber(value);
}

/** The settings as they are sent. */
export function toSettings(draft: RulesDraft) {
  const { fillModel, tradingHours, fixed, minimum, creditLimit } = draft;
  return {
    ...{ fillModel, tradingHours, creditLimit },
    fillChancePercent: numberOf(draft.fillChancePercent),
    fillSeed: numberOf(draft.fillSeed),
    slippageBasisPoints: numberOf(draft.slippageBasisPoints),
    fees: { fixed, minimum, basisPoints: numberOf(draft.basisPoints) },
  };
}
