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
 * (which has no scale, unlike a rate a year) and every change of sign is closed in on.
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
  const roots = rootsOf(discountedSums(collapsed, days), (days / DAYS_A_YEAR) * HIGHEST_YEARLY_LOG, single);
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
const MOST_POWERS = 64;
/** Rates that are tried in one pass over the flows: a pass waits for its own last product, so four of them take hardly longer than one. */
const LANES = 4;

/** Fills `into` with the sums at four growths, which are all negative or all not. */
type Sums = (growths: Float64Array, into: Float64Array) => void;

/**
 * The sums as functions of `growth`, the logarithm of the growth over the whole span. They are scaled from whichever end keeps every factor
 * at most 1, which changes no sign and cannot overflow.
 */
function discountedSums(flows: readonly CashFlow[], days: number): Sums {
  const amounts = Float64Array.from(flows, ({ amount }) => amount);
  const gaps = Int32Array.from(flows, ({ on }, index) => on - (flows[index - 1]?.on ?? on));
  const perDay = new Float64Array(LANES);
  // One place more for the gaps that are too long to be kept.
  const powers = new Float64Array((MOST_POWERS + 1) * LANES);
  const powersOf = (gap: number): number => {
    if (gap < MOST_POWERS) return gap * LANES;
    for (let lane = 0; lane < LANES; lane += 1) powers[MOST_POWERS * LANES + lane] = Math.exp(-(perDay[lane] ?? 0) * gap);
    return MOST_POWERS * LANES;
  };
  return (growths, into) => {
    for (let lane = 0; lane < LANES; lane += 1) {
      perDay[lane] = Math.abs(growths[lane] ?? 0) / days;
      const factor = Math.exp(-(perDay[lane] ?? 0));
      powers[lane] = 1;
      for (let gap = 1; gap < MOST_POWERS; gap += 1) powers[gap * LANES + lane] = (powers[(gap - 1) * LANES + lane] ?? 0) * factor;
    }
    let first = 0;
    let second = 0;
    let third = 0;
    let fourth = 0;
    if ((growths[0] ?? 0) >= 0) {
      for (let index = amounts.length - 1; index >= 0; index -= 1) {
        const amount = amounts[index] ?? 0;
        const at = powersOf(gaps[index] ?? 0);
        first = (amount + first) * (powers[at] ?? 0);
        second = (amount + second) * (powers[at + 1] ?? 0);
        third = (amount + third) * (powers[at + 2] ?? 0);
        fourth = (amount + fourth) * (powers[at + 3] ?? 0);
      }
    } else {
      for (let index = 0; index < amounts.length; index += 1) {
        const amount = amounts[index] ?? 0;
        const at = powersOf(gaps[index] ?? 0);
        first = first * (powers[at] ?? 0) + amount;
        second = second * (powers[at + 1] ?? 0) + amount;
        third = third * (powers[at + 2] ?? 0) + amount;
        fourth = fourth * (powers[at + 3] ?? 0) + amount;
      }
    }
    into[0] = first;
    into[1] = second;
    into[2] = third;
    into[3] = fourth;
  };
}

function rootsOf(sums: Sums, highest: number, single: boolean): readonly number[] {
  const farthest = Math.max(FARTHEST, highest);
  // Descartes' rule of signs: flows that change their sign once have exactly one rate, so nothing needs to be scanned.
  const grid = single ? [-farthest, 0, farthest] : gridUpTo(farthest);
  const at = sumsAt(sums, grid);
  const roots: number[] = [];
  grid.forEach((left, index) => {
    const [atLeft, atRight, right] = [at[index] ?? 0, at[index + 1] ?? 0, grid[index + 1]];
    if (atLeft === 0) roots.push(left);
    else if (right !== undefined && atRight !== 0 && atLeft < 0 !== atRight < 0) roots.push(closeIn(sums, left, right));
  });
  return roots;
}

/** The sum at each of the ascending growths. */
function sumsAt(sums: Sums, growths: readonly number[]): Float64Array {
  const found = new Float64Array(growths.length);
  const [tried, at] = [new Float64Array(LANES), new Float64Array(LANES)];
  const notNegative = growths.findIndex((growth) => growth >= 0);
  for (const [from, to] of [
    [0, notNegative],
    [notNegative, growths.length],
  ] as const) {
    for (let start = from; start < to; start += LANES) {
      for (let lane = 0; lane < LANES; lane += 1) tried[lane] = growths[Math.min(start + lane, to - 1)] ?? 0;
      sums(tried, at);
      found.set(at.subarray(0, Math.min(LANES, to - start)), start);
    }
  }
  return found;
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

/** Where the sum changes its sign between two growths of one sign, as exactly as numbers are: each pass leaves a fifth of the stretch. */
function closeIn(sums: Sums, from: number, to: number): number {
  let [low, high] = [from, to];
  const [tried, at] = [new Float64Array(LANES), new Float64Array(LANES)];
  // The sum at `low` keeps its sign.
  tried.fill(low);
  sums(tried, at);
  const negativeAtLow = (at[0] ?? 0) < 0;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    for (let lane = 0; lane < LANES; lane += 1) {
      const between = low + ((high - low) * (lane + 1)) / (LANES + 1);
      tried[lane] = between > low && between < high ? between : middle;
    }
    sums(tried, at);
    let [nextLow, nextHigh] = [low, high];
    for (let lane = 0; lane < LANES && nextHigh === high; lane += 1) {
      const [growth, sum] = [tried[lane] ?? 0, at[lane] ?? 0];
      if (sum === 0) return growth;
      if (sum < 0 === negativeAtLow) nextLow = Math.max(nextLow, growth);
      else nextHigh = growth;
    }
    [low, high] = [nextLow, nextHigh];
  }
}
