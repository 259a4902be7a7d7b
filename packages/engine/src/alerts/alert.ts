import type { Decimal } from '../money/index.ts';
import type { Condition } from './condition.ts';

/** A standing question and how often it may answer. Instants are milliseconds since 1970. */
export interface Alert {
  readonly id: string;
  readonly condition: Condition;
  /** `once` is over after it has fired; `recurring` fires again after its condition has been false. */
  readonly repeat: 'once' | 'recurring';
  /** A crossing this soon after the last event is not told. */
  readonly cooldownMs: number;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** Until this instant it says nothing, and goes on looking. */
  readonly snoozedUntil: number | null;
}

/** One answer: the value that met the condition, the level it met, and the value before (null where none was known). */
export interface AlertEvent {
  readonly alertId: string;
  readonly at: number;
  readonly before: Decimal | null;
  readonly value: Decimal;
  readonly level: Decimal;
  /** What the watched series stood at when the look was over: after a spike that is not the value that met the condition. */
  readonly settled: Decimal;
  /** The price at `at` and the one before, where the series comes with the ticks of an instrument. */
  readonly price: Decimal | null;
  readonly priceBefore: Decimal | null;
  readonly direction: 'rising' | 'falling';
  /** Whether the alert has fired so often that it is paused from now on; its owner is told and may start it again. */
  readonly paused: boolean;
}

/** More events than this within the storm's length pause an alert. */
export const STORM_EVENTS = 15;
export const STORM_MS = 180_000;

/** The instants an alert has fired at, those that are still of use, and whether this one more makes it a storm. */
export function recordFiring(firedAt: readonly number[], at: number): { readonly firedAt: readonly number[]; readonly storm: boolean } {
  const recent = [...firedAt.filter((earlier) => earlier > at - STORM_MS), at];
  return { firedAt: recent, storm: recent.length > STORM_EVENTS };
}

/** Whether an alert that last fired at the last of `firedAt` keeps silent at an instant: it is snoozed, or cools down. */
export function isSilent(alert: Pick<Alert, 'cooldownMs' | 'snoozedUntil'>, firedAt: readonly number[], at: number): boolean {
  if (alert.snoozedUntil !== null && at < alert.snoozedUntil) return true;
  const last = firedAt.at(-1);
  return last !== undefined && at < last + alert.cooldownMs;
}

/** Whether an alert is over at an instant. */
export function isExpired({ expiresAt }: Pick<Alert, 'expiresAt'>, at: number): boolean {
  return expiresAt !== null && at >= expiresAt;
}
