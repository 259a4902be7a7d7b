/** An alert as it is stored, and the engine's question in it. */
import type { Alert as AlertJson, AlertCondition } from '@holdfast/contract/alerts';
import type { Alert, ChangeReference, Condition, IndicatorInterval } from '@holdfast/engine/alerts';
import { decimal } from '@holdfast/engine/money';
import type { Selectable } from 'kysely';
import type { AlertsTable } from '../../platform/db/generated/schema.ts';

export type AlertRow = Selectable<AlertsTable>;

/** What a condition takes, as it was sent and checked. Each condition has its own of these. */
export interface AlertParameters {
  readonly threshold?: string;
  readonly direction?: 'up' | 'down' | 'either';
  readonly window?: string;
  readonly reference?: string;
  readonly average?: 'sma' | 'ema';
  readonly period?: number;
  readonly interval?: IndicatorInterval;
  readonly sigmas?: string;
}

/** What a significant move is for a user, where the alert does not say. */
export interface MoveSettings {
  readonly percent: string;
  readonly sigmas: string;
}

export const DEFAULT_MOVE: MoveSettings = { percent: '5', sigmas: '3' };

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DAY_MS = UNIT_MS.d;

/** "4h" as milliseconds. */
export function windowMs(window: string): number {
  const unit = window.at(-1) as keyof typeof UNIT_MS;
  return Number.parseInt(window, 10) * UNIT_MS[unit];
}

export function conditionNameOf(row: Pick<AlertRow, 'condition'>): AlertCondition {
  return row.condition as AlertCondition;
}

export function parametersOf(row: Pick<AlertRow, 'parameters'>): AlertParameters {
  return row.parameters;
}

/** The name of an instrument in the engine's series: its key, which no renaming changes. */
export function seriesSymbol(instrumentKey: number): string {
  return String(instrumentKey);
}

/** The engine's question. `move` is what a significant move is for the owner. */
export function conditionOf(row: AlertRow, move: MoveSettings): Condition {
  const kind = conditionNameOf(row);
  const { threshold, direction = 'either', ...parameters } = parametersOf(row);
  const symbol = seriesSymbol(row.instrument_key ?? 0);
  const portfolioId = row.portfolio_id ?? '';
  const level = decimal(threshold ?? '0');
  const { period = 0, interval = '1d', average = 'sma' } = parameters;
  switch (kind) {
    case 'priceAbove':
    case 'priceBelow':
    case 'crosses':
    case 'crossesUp':
    case 'crossesDown':
    case 'volumeAbove':
      return { kind, symbol, threshold: level };
    case 'percentChange':
      return { kind, symbol, percent: level, direction, against: referenceOf(parameters) };
    case 'averageCross':
      return { kind, symbol, average, period, interval, direction };
    case 'rsiCross':
      return { kind, symbol, period, interval, threshold: level, direction };
    case 'newHigh':
    case 'newLow':
      return { kind, symbol, days: windowMs(parameters.window ?? '252d') / DAY_MS };
    case 'marketMove':
      return {
        kind: 'significantMove',
        symbol,
        percent: decimal(threshold ?? move.percent),
        sigmas: decimal(parameters.sigmas ?? move.sigmas),
      };
    case 'portfolioValueAbove':
    case 'portfolioValueBelow':
      return { kind, portfolioId, threshold: level };
    case 'portfolioDayChange':
      return { kind, portfolioId, percent: level, direction };
    case 'positionWeightAbove':
    case 'positionWeightBelow':
      return { kind, portfolioId, symbol, threshold: level };
  }
}

function referenceOf({ window, reference }: AlertParameters): ChangeReference {
  if (window !== undefined) return { kind: 'window', windowMs: windowMs(window) };
  return reference === undefined ? { kind: 'previousClose' } : { kind: 'price', price: decimal(reference) };
}

/** The alert as the index keeps it: it counts from when it was asked what it asks. */
export function standingAlert(row: AlertRow, move: MoveSettings): Alert {
  return {
    id: row.id,
    condition: conditionOf(row, move),
    repeat: row.repeat as AlertJson['repeat'],
    cooldownMs: row.cooldown_seconds * 1_000,
    createdAt: row.asked_at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    snoozedUntil: row.snoozed_until?.getTime() ?? null,
  };
}
