import { compare, decimal, divide, formatDecimal, isNegative, isZero, multiply, ONE, parseDecimal, sum } from '@holdfast/engine/money';
import type { AllocationTargets, AllocationTargetsChange } from '@holdfast/sdk';

/** Targets while they are being written: percent as typed, exact. The server counts in fractions. */
export interface TargetRow {
  readonly key: string;
  readonly percent: string;
  /** The weight of now, as a fraction. */
  readonly weight: number;
}

const HUNDRED = decimal('100');

export function targetRows({ items }: AllocationTargets): TargetRow[] {
  return items.map(({ key, target, weight }) => ({
    key,
    weight,
    percent: target === null ? '' : formatDecimal(multiply(decimal(target), HUNDRED)),
  }));
}

export function addRow(rows: readonly TargetRow[], key: string): readonly TargetRow[] {
  return rows.some((row) => row.key === key) ? rows : [...rows, { key, percent: '', weight: 0 }];
}

/** An empty field is no target. */
function isNoPercent({ percent }: TargetRow): boolean {
  if (percent.trim() === '') return false;
  const value = parseDecimal(percent);
  return value === null || isNegative(value);
}

export interface TargetCheck {
  /** Keys whose percentage is none. */
  readonly wrong: readonly string[];
  /** All targets together, and what is left of the whole (negative: too much), in percent. */
  readonly together: string;
  readonly left: string;
  readonly tooMuch: boolean;
}

export function checkTargets(rows: readonly TargetRow[]): TargetCheck {
  const wrong = rows.filter(isNoPercent).map(({ key }) => key);
  const together = sum(rows.map(({ percent }) => parseDecimal(percent)).filter((value) => value !== null));
  return {
    wrong,
    together: formatDecimal(together),
    left: formatDecimal(sum([HUNDRED, multiply(together, decimal('-1'))])),
    tooMuch: compare(together, HUNDRED) > 0,
  };
}

/** What is sent: fractions, and nothing for fields that are empty or zero. */
export function toTargets(rows: readonly TargetRow[]): AllocationTargetsChange['targets'] {
  return rows.flatMap(({ key, percent }) => {
    const value = parseDecimal(percent);
    return value === null || isZero(value) ? [] : [{ key, target: formatDecimal(divide(value, HUNDRED)) }];
  });
}

/** A fraction that was written in percent: "0.5" for half a percent is "0.005". Null when it is none from 0 to 1. */
export function fractionOf(percent: string): string | null {
  const value = parseDecimal(percent);
  if (value === null || isNegative(value)) return null;
  const fraction = divide(value, HUNDRED);
  return compare(fraction, ONE) > 0 ? null : formatDecimal(fraction);
}
