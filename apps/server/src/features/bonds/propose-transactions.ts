/** Coupons and redemptions that should have happened to a tracked portfolio and are not recorded. */
import type { AnswerOf } from '@holdfast/contract';
import type { listProposedTransactions } from '@holdfast/contract/bonds';
import { couponAmount, couponDays } from '@holdfast/engine/instruments';
import type { BondTerms } from '@holdfast/engine/instruments';
import { add, decimal, formatDecimal, multiplyMoney, prorate, subtract, ZERO } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { formatDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Db } from '../../platform/db/pool.ts';
import { symbolOf } from '../instruments/index.ts';
import type { Instrument, InstrumentBook } from '../instruments/index.ts';
import type { Portfolio } from '../portfolios/index.ts';
import { findBondFacts, findBondKeys, findBondTerms } from './bond-store.ts';
import type { BondFact } from './bond-store.ts';

type Proposal = AnswerOf<typeof listProposedTransactions>['items'][number];

/** Older coupons are no news: whoever did not record them does not want to. */
const LOOKED_BACK_DAYS = 400;
/** A payment this near to a coupon day is that coupon. */
const SAME_COUPON_DAYS = 15;

export async function proposeTransactions(
  { db, instruments }: { readonly db: Db; readonly instruments: InstrumentBook },
  portfolio: Portfolio,
  today: Day,
): Promise<readonly Proposal[]> {
  if (portfolio.kind === 'paper') return [];
  const of = { portfolioId: portfolio.id, epoch: portfolio.epoch, timeZone: portfolio.timeZone };
  const instrumentKeys = await findBondKeys(db, of);
  const facts = await findBondFacts(db, { ...of, instrumentKeys });
  const proposals: Proposal[] = [];
  for (const [key, terms] of await findBondTerms(db, instrumentKeys)) {
    const instrument = instruments.byKey(key);
    if (instrument === null) continue;
    const bond = { instrument, terms, facts: facts.filter(({ instrumentKey }) => instrumentKey === key), today };
    proposals.push(...missingCoupons(bond), ...missingRedemption(bond));
  }
  return proposals.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
}

interface Bond {
  readonly instrument: Instrument;
  readonly terms: BondTerms;
  readonly facts: readonly BondFact[];
  readonly today: Day;
}

function missingCoupons({ instrument, terms, facts, today }: Bond): readonly Proposal[] {
  const paid = facts.filter(({ type }) => type === 'interest' || type === 'dividend');
  return couponDays(terms, { after: today - LOOKED_BACK_DAYS, until: today }).flatMap((on) => {
    const held = heldBefore(facts, on);
    if (held <= 0n || paid.some(({ day }) => Math.abs(day - on) <= SAME_COUPON_DAYS)) return [];
    const each = couponAmount(terms);
    const amount = formatDecimal(multiplyMoney(held, each, instrument.currency));
    const note = `Coupon ${formatDecimal(each)} x ${formatDecimal(held)}`;
    return [proposal(instrument, { kind: 'coupon', on }, { type: 'interest', amount, note })];
  });
}

function missingRedemption({ instrument, terms, facts, today }: Bond): readonly Proposal[] {
  const on = terms.maturesOn;
  const held = heldBefore(facts, today + 1);
  if (on > today || held <= 0n) return [];
  const quantity = formatDecimal(held);
  return [
    proposal(instrument, { kind: 'redemption', on }, { type: 'sell', quantity, price: formatDecimal(terms.faceValue), note: 'Redemption' }),
  ];
}

type Told = Pick<Proposal['transaction'], 'type' | 'note' | 'amount' | 'quantity' | 'price'>;

function proposal(instrument: Instrument, { kind, on }: { readonly kind: Proposal['kind']; readonly on: Day }, told: Told): Proposal {
  const symbol = symbolOf(instrument);
  const day = formatDay(on);
  return { kind, symbol, name: instrument.name, on: day, transaction: { symbol, tradedAt: day, currency: instrument.currency, ...told } };
}

/** What was held at the end of the day before. */
function heldBefore(facts: readonly BondFact[], before: Day): Decimal {
  let held = ZERO;
  for (const { type, quantity, newShares, oldShares, day } of facts) {
    if (day >= before) break;
    const moved = quantity === null ? ZERO : decimal(quantity);
    if (type === 'buy' || type === 'transferIn') held = add(held, moved);
    else if (type === 'sell' || type === 'transferOut') held = subtract(held, moved);
    else if (type === 'merger') held = ZERO;
    else if (type === 'split' && newShares !== null && oldShares !== null)
      held = prorate(held, { part: decimal(newShares), whole: decimal(oldShares) });
  }
  return held;
}
