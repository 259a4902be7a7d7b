import type { BodyOf } from '@holdfast/contract';
import type { BondTerms as WireTerms, putBondTerms as contract } from '@holdfast/contract/bonds';
import { COUPON_FREQUENCIES } from '@holdfast/contract/bonds';
import { accruedInterest, couponAmount, couponDays } from '@holdfast/engine/instruments';
import type { BondTerms, CouponFrequency } from '@holdfast/engine/instruments';
import { decimal, formatDecimal, roundTo } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import { formatDay, parseDay } from '@holdfast/engine/time';
import type { Day } from '@holdfast/engine/time';
import type { Static } from 'typebox';
import type { Clock } from '../../platform/clock.ts';
import type { Db } from '../../platform/db/pool.ts';
import { transact } from '../../platform/db/transact.ts';
import { AppError, exactInput, notFound } from '../../platform/http/index.ts';
import { writeAuditEntry } from '../audit/index.ts';
import { entryOf, symbolOf, writableInstrument } from '../instruments/index.ts';
import type { Asker, Instrument, Instruments } from '../instruments/index.ts';
import { deleteBondTerms, saveBondTerms } from './bond-store.ts';

export interface BondDesk {
  readonly db: Db;
  readonly clock: Clock;
  readonly instruments: Instruments;
}

const PER_YEAR: Readonly<Record<(typeof COUPON_FREQUENCIES)[number], CouponFrequency>> = {
  ...{ none: 0, yearly: 1, halfYearly: 2, quarterly: 4, monthly: 12 },
};

export async function setBondTerms(
  { db, clock, instruments }: BondDesk,
  asker: Asker,
  { symbol, body }: { readonly symbol: string; readonly body: BodyOf<typeof contract> },
): Promise<Static<typeof WireTerms>> {
  const instrument = writableInstrument({ instruments }, asker, symbol);
  if (instrument.assetClass !== 'bond')
    throw new AppError('conflict', `${symbolOf(instrument)} is of the class ${instrument.assetClass}, and only bonds have terms.`);
  const terms = termsFrom(body);
  await transact(db, async (tx) => {
    await saveBondTerms(tx, instrument.key, terms);
    await writeAuditEntry(tx, entryOf(asker, { at: clock.now(), action: 'instrument.terms-set', instrument }));
  });
  return wireTerms(instrument, terms, Math.floor(clock.now() / 86_400_000));
}

export async function removeBondTerms({ db, clock, instruments }: BondDesk, asker: Asker, symbol: string): Promise<void> {
  const instrument = writableInstrument({ instruments }, asker, symbol);
  await transact(db, async (tx) => {
    if (!(await deleteBondTerms(tx, instrument.key))) throw notFound('bond terms');
    await writeAuditEntry(tx, entryOf(asker, { at: clock.now(), action: 'instrument.terms-removed', instrument }));
  });
}

function termsFrom(body: BodyOf<typeof contract>): BondTerms {
  const issuedOn = body.issuedOn === undefined || body.issuedOn === null ? null : dayOf(body.issuedOn, 'issuedOn');
  const maturesOn = dayOf(body.maturesOn, 'maturesOn');
  if (issuedOn !== null && issuedOn >= maturesOn) throw invalid('maturesOn', 'must be after issuedOn');
  const faceValue = exactInput(body.faceValue, 'faceValue');
  if (faceValue <= 0n) throw invalid('faceValue', 'must be more than 0');
  return {
    faceValue,
    couponRate: rateOf(body.couponRate),
    frequency: PER_YEAR[body.frequency],
    dayCount: body.dayCount,
    issuedOn,
    maturesOn,
  };
}

/** Somebody who means 5 % and writes 5 would get a coupon of five times the bond. */
function rateOf(written: string | number): Decimal {
  const rate = exactInput(written, 'couponRate');
  if (rate < 0n || rate > decimal('1')) throw invalid('couponRate', 'must be a fraction from 0 to 1: 0.05 is 5 %');
  return rate;
}

function dayOf(written: string, path: string): Day {
  const day = parseDay(written);
  if (day === null) throw invalid(path, 'is not a day of the calendar');
  return day;
}

function invalid(path: string, message: string): AppError {
  return new AppError('invalid_value', `${path} ${message}.`, { errors: [{ path, message }] });
}

const ACCRUED_PLACES = 8;
const YEARS_AHEAD_DAYS = 366;

export function wireTerms(instrument: Instrument, terms: BondTerms, today: Day): Static<typeof WireTerms> {
  const [next] = couponDays(terms, { after: today, until: today + YEARS_AHEAD_DAYS });
  const frequency = COUPON_FREQUENCIES.find((word) => PER_YEAR[word] === terms.frequency) ?? 'none';
  return {
    symbol: symbolOf(instrument),
    currency: instrument.currency,
    faceValue: formatDecimal(terms.faceValue),
    couponRate: formatDecimal(terms.couponRate),
    frequency,
    dayCount: terms.dayCount,
    issuedOn: terms.issuedOn === null ? null : formatDay(terms.issuedOn),
    maturesOn: formatDay(terms.maturesOn),
    couponAmount: formatDecimal(couponAmount(terms)),
    accruedInterest: formatDecimal(roundTo(accruedInterest(terms, today), ACCRUED_PLACES)),
    nextCouponOn: next === undefined ? null : formatDay(next),
  };
}
