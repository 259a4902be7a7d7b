/** Plays the rows of a statement among what is recorded, so that a sale of what is not held is known before anything is written. */
import { absolute, add, formatDecimal, isNegative, isPositive, isZero, prorate, subtract, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { symbolOf } from '../instruments/index.ts';
import type { SettledRow } from './settle-row.ts';
import type { Turns } from '../../platform/turns.ts';

/** What is recorded of a holding, oldest first. */
export interface RecordedHolding {
  readonly type: string;
  readonly instrumentKey: number;
  readonly newInstrumentKey: number | null;
  readonly quantity: Decimal | null;
  readonly newShares: Decimal | null;
  readonly oldShares: Decimal | null;
  readonly at: number;
}

export interface HeldRows {
  /** What cannot be, with why. */
  readonly problems: ReadonlyMap<SettledRow, string>;
  /** Ratios of splits that say only how many shares came. */
  readonly ratios: ReadonlyMap<SettledRow, NonNullable<SettledRow['ratio']>>;
}

interface Step {
  readonly at: number;
  readonly row: SettledRow | null;
  readonly fact: RecordedHolding | null;
}

/** `rows` in the order in which they are to be recorded. */
export function* holdRows(rows: readonly SettledRow[], recorded: readonly RecordedHolding[]): Turns<HeldRows> {
  const problems = new Map<SettledRow, string>();
  const ratios = new Map<SettledRow, NonNullable<SettledRow['ratio']>>();
  const byKey = new Map<number, Step[]>();
  for (const row of rows) if (row.instrument !== null) push(byKey, row.instrument.key, { at: row.at, row, fact: null });
  const before = new Map<number, Step[]>();
  for (const fact of recorded) {
    const step: Step = { at: fact.at, row: null, fact };
    push(before, fact.instrumentKey, step);
    if (fact.newInstrumentKey !== null && fact.newInstrumentKey !== fact.instrumentKey) push(before, fact.newInstrumentKey, step);
  }
  for (const [key, own] of byKey) {
    // Sorting is stable: of one moment, what is recorded comes first, then the rows in their order.
    const steps = [...(before.get(key) ?? []), ...own].sort((a, b) => a.at - b.at);
    playHolding(steps, key, { problems, ratios });
    yield;
  }
  return { problems, ratios };
}

function push(lists: Map<number, Step[]>, key: number, step: Step): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [step]);
  else list.push(step);
}

interface Findings {
  readonly problems: Map<SettledRow, string>;
  readonly ratios: Map<SettledRow, NonNullable<SettledRow['ratio']>>;
}

function playHolding(steps: readonly Step[], key: number, findings: Findings): void {
  for (;;) {
    let held = ZERO;
    const taken: SettledRow[] = [];
    let tooLate = false;
    for (const { row, fact } of steps) {
      if (fact !== null) {
        held = afterFact(held, fact, key);
        if (!isNegative(held)) continue;
        // A row before it took away what a recorded sale needs.
        const culprit = taken.at(-1);
        if (culprit === undefined) held = ZERO;
        else {
          findings.problems.set(
            culprit,
            `With it, a sale that is recorded for a later day would find ${formatDecimal(absolute(held))} too little. Correct that sale first.`,
          );
          tooLate = true;
          break;
        }
      } else if (row !== null && !findings.problems.has(row)) {
        const next = afterRow(held, row, findings);
        if (next === null) continue;
        if (next < held) taken.push(row);
        held = next;
      }
    }
    if (!tooLate) return;
  }
}

function afterFact(held: Decimal, fact: RecordedHolding, key: number): Decimal {
  const { type, quantity, newShares, oldShares } = fact;
  if (fact.instrumentKey !== key) return add(held, quantity ?? ZERO);
  if (type === 'buy' || type === 'transferIn') return add(held, quantity ?? ZERO);
  if (type === 'sell' || type === 'transferOut') return subtract(held, quantity ?? ZERO);
  if (type === 'split' && newShares !== null && oldShares !== null) return prorate(held, { part: newShares, whole: oldShares });
  return type === 'merger' ? ZERO : held;
}

/** Null where the row has a problem and changes nothing. */
function afterRow(held: Decimal, row: SettledRow, findings: Findings): Decimal | null {
  const quantity = row.quantity ?? ZERO;
  const problem = (message: string): null => {
    findings.problems.set(row, message);
    return null;
  };
  const symbol = row.instrument === null ? '' : symbolOf(row.instrument);
  switch (row.type) {
    case 'buy':
    case 'transferIn':
      return add(held, quantity);
    case 'sell':
    case 'transferOut':
      if (quantity > held)
        return problem(
          `${formatDecimal(quantity)} ${symbol} would leave and ${formatDecimal(held)} were held on that day. Import or record the purchase first.`,
        );
      return subtract(held, quantity);
    case 'split': {
      if (!isPositive(held))
        return problem(`No ${symbol} was held on that day, so there is nothing to split. Import or record the purchase first.`);
      const ratio = row.ratio ?? { newShares: add(held, quantity), oldShares: held };
      if (!isPositive(ratio.newShares) || isZero(ratio.oldShares))
        return problem(`The split would leave ${formatDecimal(ratio.newShares)} of ${formatDecimal(held)} ${symbol}. Record it by hand.`);
      findings.ratios.set(row, ratio);
      return prorate(held, { part: ratio.newShares, whole: ratio.oldShares });
    }
    case 'merger':
    case 'returnOfCapital':
      if (!isPositive(held)) return problem(`No ${symbol} was held on that day. Import or record the purchase first.`);
      return row.type === 'merger' ? ZERO : held;
    case 'spinOff':
    case 'dividend':
    case 'deposit':
    case 'withdrawal':
    case 'interest':
    case 'fee':
    case 'tax':
    case 'exchange':
      return held;
  }
}
