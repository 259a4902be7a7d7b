import { decimal, formatDecimal, isNegative, roundTo } from '@holdfast/engine/money';
import { AppError, exactInput } from '../../platform/http/index.ts';
import type { TradingSettings } from '../desk/index.ts';
import { settingsFrom } from './portfolio.ts';

type ExactText = string | number;

const LARGEST_FEE = decimal('1000000');
const LARGEST_CREDIT = decimal('1000000000000');

export interface TradingSettingsInput {
  readonly fillModel?: TradingSettings['fillModel'];
  readonly fillChancePercent?: number;
  readonly fillSeed?: number;
  readonly slippageBasisPoints?: number;
  readonly fees?: { readonly fixed?: ExactText; readonly basisPoints?: number; readonly minimum?: ExactText };
  readonly tradingHours?: 'always' | 'exchange';
  readonly creditLimit?: ExactText;
}

/** Settings with the asked changes over the stored ones. */
export function mergeSettings(stored: unknown, asked: TradingSettingsInput | undefined): TradingSettings {
  const before = settingsFrom(stored);
  if (asked === undefined) return before;
  return {
    fillModel: asked.fillModel ?? before.fillModel,
    fillChancePercent: asked.fillChancePercent ?? before.fillChancePercent,
    fillSeed: asked.fillSeed ?? before.fillSeed,
    slippageBasisPoints: asked.slippageBasisPoints ?? before.slippageBasisPoints,
    fees: {
      fixed: feeInput(asked.fees?.fixed, 'settings.fees.fixed') ?? before.fees.fixed,
      basisPoints: rateInput(asked.fees?.basisPoints) ?? before.fees.basisPoints,
      minimum: feeInput(asked.fees?.minimum, 'settings.fees.minimum') ?? before.fees.minimum,
    },
    tradingHours: asked.tradingHours ?? before.tradingHours,
    creditLimit: creditInput(asked.creditLimit) ?? before.creditLimit,
  };
}

function feeInput(value: ExactText | undefined, path: string): string | undefined {
  if (value === undefined) return undefined;
  const fee = exactInput(value, path);
  if (isNegative(fee)) throw invalid(path, 'must not be negative');
  if (fee > LARGEST_FEE) throw invalid(path, 'is more than 1,000,000');
  return formatDecimal(fee);
}

function creditInput(value: ExactText | undefined): string | undefined {
  if (value === undefined) return undefined;
  const limit = exactInput(value, 'settings.creditLimit');
  if (isNegative(limit)) throw invalid('settings.creditLimit', 'must not be negative');
  if (limit > LARGEST_CREDIT) throw invalid('settings.creditLimit', 'is more than 1,000,000,000,000');
  if (roundTo(limit, 8) !== limit) throw invalid('settings.creditLimit', 'has more than 8 decimals');
  return formatDecimal(limit);
}

function rateInput(value: number | undefined): number | undefined {
  if (value !== undefined && Number(value.toFixed(2)) !== value) throw invalid('settings.fees.basisPoints', 'has more than 2 decimals');
  return value;
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}
