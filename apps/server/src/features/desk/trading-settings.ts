/** A paper portfolio's trading rules as its settings keep them: decimals as text, whatever is missing at its default. */
import { decimal, formatDecimal, parseDecimal } from '@holdfast/engine/money';
import { DEFAULT_RULES } from '@holdfast/engine/orders';
import type { TradingRules } from '@holdfast/engine/orders';

export interface TradingSettings {
  readonly fillModel: TradingRules['fillModel'];
  readonly fillChancePercent: number;
  readonly fillSeed: number;
  readonly slippageBasisPoints: number;
  readonly fees: { readonly fixed: string; readonly basisPoints: number; readonly minimum: string };
  readonly tradingHours: 'always' | 'exchange';
  /** How far below zero free cash may go, in the base currency. The portfolio's head keeps it too, where it guards. */
  readonly creditLimit: string;
}

export function tradingRules(stored: unknown): TradingRules {
  const settings = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<TradingSettings>;
  const fees = settings.fees;
  return {
    fillModel: settings.fillModel ?? DEFAULT_RULES.fillModel,
    fillChancePercent: settings.fillChancePercent ?? DEFAULT_RULES.fillChancePercent,
    fillSeed: settings.fillSeed ?? DEFAULT_RULES.fillSeed,
    slippageBasisPoints: settings.slippageBasisPoints ?? DEFAULT_RULES.slippageBasisPoints,
    fees: {
      fixed: parseDecimal(fees?.fixed ?? '0') ?? decimal('0'),
      basisPoints: fees?.basisPoints ?? 0,
      minimum: parseDecimal(fees?.minimum ?? '0') ?? decimal('0'),
    },
    tradingHours: settings.tradingHours ?? DEFAULT_RULES.tradingHours,
  };
}

/** Settings as stored, completed. */
export function tradingSettings(stored: unknown): TradingSettings {
  const rules = tradingRules(stored);
  const settings = (typeof stored === 'object' && stored !== null ? stored : {}) as Partial<TradingSettings>;
  const { fixed, basisPoints, minimum } = rules.fees;
  return {
    fillModel: rules.fillModel,
    fillChancePercent: rules.fillChancePercent,
    fillSeed: rules.fillSeed,
    slippageBasisPoints: rules.slippageBasisPoints,
    fees: { fixed: formatDecimal(fixed), basisPoints, minimum: formatDecimal(minimum) },
    tradingHours: rules.tradingHours,
    creditLimit: formatDecimal(parseDecimal(settings.creditLimit ?? '0') ?? decimal('0')),
  };
}
