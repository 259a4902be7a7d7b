import type { TradingSettings } from '../desk/index.ts';
import { tradingSettings } from '../desk/index.ts';

/** A portfolio as its owner sees it. */
export interface Portfolio {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: 'tracked' | 'paper';
  readonly cashMode: 'full' | 'implied';
  readonly baseCurrency: string;
  readonly timeZone: string;
  readonly costMethod: 'average' | 'fifo' | 'lifo' | 'hifo' | 'specific';
  /** Null for tracked portfolios: they do not trade. */
  readonly settings: TradingSettings | null;
  readonly isDefault: boolean;
  readonly epoch: number;
  readonly cash: readonly { readonly currency: string; readonly balance: string; readonly reserved: string; readonly available: string }[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
}

export function describePortfolio(portfolio: Portfolio) {
  const { userId: _, createdAt, updatedAt, archivedAt, cash, ...rest } = portfolio;
  return {
    ...rest,
    cash: [...cash],
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    archivedAt: archivedAt?.toISOString() ?? null,
  };
}

/** Settings as stored, completed and checked. */
export function settingsFrom(stored: unknown): TradingSettings {
  return tradingSettings(stored);
}
