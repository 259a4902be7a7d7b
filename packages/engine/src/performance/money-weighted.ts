import type { Day } from '../time/index.ts';
import { collapseFlows, type CashFlow } from './cash-flow.ts';
import { DAYS_A_YEAR } from './time-weighted.ts';

/** The rate at which the flows are worth nothing on their first day. */
export interface MoneyWeighted {
  /** A year, ACT/365F; infinite where so much was gained in so few days that no number holds it. */
  readonly annual: number;
  /** Over the whole span, `(1 + annual)^(days/365) - 1`: what is shown below one year. */
  readonly overSpan: number;
  /** From the first flow to the last. */
  readonly days: number;
  /** How many rates solve the flows. With several, this is the one whose return over the span is nearest to the simple return. */
  readonly roots: number;
  /** The flows it was computed from, collapsed by day. */
  readonly flows: readonly CashFlow[];
}

export interface NoRate {
  /** Nothing was paid in; nothing ever flowed; everything happened on one day; or no rate makes the flows worth nothing. */
  readonly code: 'no_money_paid_in' | 'no_flows' | 'no_time' | 'no_root';
}

/**
 * Money-weighted return (internal rate of return, Excel's XIRR): r with `sum amount / (1 + r)^((day - first day) / 365) = 0`.
 * Paid in is negative, received positive, dates in any order. Money that was paid in and never came back is a return of -100 %.
 *
 * Newton's method alone fails on a third of the published hard cases, so the sign of the sum is scanned over the growth of the whole span
 * (which has no scale, unlike a rate a year) and every change of sign is bisected.
 */
export function moneyWeighted(flows: readonly CashFlow[]): MoneyWeighted | NoRate {
  const collapsed = collapseFlows(flows);
  const [first] = collapsed;
  const last = collapsed.at(-1);
  if (first === undefined || last === undefined) return { code: 'no_flows' };
  const paidIn = collapsed.reduce((total, { amount }) => total - Math.min(0, amount), 0);
  const received = collapsed.reduce((total, { amount }) => total + Math.max(0, amount), 0);
  if (paidIn === 0) return { code: 'no_money_paid_in' };
  const days = last.on - first.on;
  if (received === 0) return { annual: -1, overSpan: -1, days, roots: 1, flows: collapsed };
  if (days === 0) return { code: 'no_time' };
  const single = collapsed.filter(({ amount }, index) => index > 0 && amount < 0 !== (collapsed[index - 1]?.amount ?? 0) < 0).length === 1;
  const roots = rootsOf(discountedSum(collapsed, days), (days / DAYS_A_YEAR) * HIGHEST_YEARLY_LOG, single);
  const simple = received / paidIn - 1;
  const nearest = roots.reduce<number | null>(
    (best, root) => (best === null || Math.abs(Math.expm1(root) - simple) < Math.abs(Math.expm1(best) - simple) ? root : best),
    null,
  );
  if (nearest === null) return { code: 'no_root' };
  return {
    annual: Math.expm1((nearest * DAYS_A_YEAR) / days),
    overSpan: Math.expm1(nearest),
    days,
    roots: roots.length,
    flows: collapsed,
  };
}

/** The flows and what each is worth on the first day at an annual rate: they sum to nothing, which explains the rate. */
export function presentValues(
  flows: readonly CashFlow[],
  annual: number,
): readonly { readonly on: Day; readonly amount: number; readonly presentValue: number }[] {
  const first = flows.reduce((earliest, { on }) => Math.min(earliest, on), Infinity);
  return flows.map(({ on, amount }) => ({ on, amount, presentValue: amount * (1 + annual) ** ((first - on) / DAYS_A_YEAR) }));
}

const HIGHEST_YEARLY_LOG = 25;
const DENSE_HALF_WIDTH = 4;
const DENSE_STEP = 0.02;
const SPARSE_GROWTH = 1.05;
const FARTHEST = 60;

/**
 * The sum as a function of `growth`, the logarithm of the growth over the whole span. It is scaled from whichever end keeps every factor
 * at most 1, which changes no sign and cannot overflow.
 */
function discountedSum(flows: readonly CashFlow[], days: number): (growth: number) => number {
  const amounts = Float64Array.from(flows, ({ amount }) => amount);
  const gaps = Int32Array.from(flows, ({ on }, index) => on - (flows[index - 1]?.on ?? on));
  const powers = new Float64Array(MOST_POWERS);
  return (growth) => {
    const perDay = Math.abs(growth) / days;
    const factor = Math.exp(-perDay);
    powers[0] = 1;
    for (let gap = 1; gap < MOST_POWERS; gap += 1) powers[gap] = (powers[gap - 1] ?? 0) * factor;
    const over = (gap: number): number => (gap < MOST_POWERS ? (powers[gap] ?? 0) : Math.exp(-perDay * gap));
    let total = 0;
    if (growth >= 0) {
      for (let index = amounts.length - 1; index >= 0; index -= 1) total = ((amounts[index] ?? 0) + total) * over(gaps[index] ?? 0);
    } else {
      for (let index = 0; index < amounts.length; index += 1) total = total * over(gaps[index] ?? 0) + (amounts[index] ?? 0);
    }
    return total;
  };
}

const MOST_POWERS = 64;

function rootsOf(sum: (growth: number) => number, highest: number, single: boolean): readonly number[] {
  const roots: number[] = [];
  const farthest = Math.max(FARTHEST, highest);
  // Descartes' rule of signs: flows that change their sign once have exactly one rate, so nothing needs to be scanned.
  if (single) return sum(-farthest) < 0 === sum(farthest) < 0 ? [] : [bisect(sum, -farthest, farthest)];
  let left = -farthest;
  let atLeft = sum(left);
  for (const right of gridUpTo(farthest)) {
    const atRight = sum(right);
    if (atLeft === 0) roots.push(left);
    else if (atLeft < 0 !== atRight < 0 && atRight !== 0) roots.push(bisect(sum, left, right));
    left = right;
    atLeft = atRight;
  }
  if (atLeft === 0) roots.push(left);
  return roots;
}

/** Fine steps where returns usually are, and ever wider ones outside. */
function gridUpTo(farthest: number): readonly number[] {
  const outside: number[] = [];
  for (let distance = DENSE_HALF_WIDTH * SPARSE_GROWTH; distance < farthest; distance *= SPARSE_GROWTH) outside.push(distance);
  outside.push(farthest);
  const inside: number[] = [];
  const steps = Math.round(DENSE_HALF_WIDTH / DENSE_STEP);
  for (let step = -steps; step <= steps; step += 1) inside.push(step * DENSE_STEP);
  return [...outside.map((distance) => -distance).reverse(), ...inside, ...outside];
}

function bisect(sum: (growth: number) => number, from: number, to: number): number {
  let [low, high] = [from, to];
  const negativeAtLow = sum(low) < 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    const at = sum(middle);
    if (at === 0) return middle;
    if (at < 0 === negativeAtLow) low = middle;
    else high = middle;
  }
}
