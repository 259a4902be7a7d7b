/**
 * P11: the alert index with 1,000,000 standing alerts on 5,000 symbols.
 *
 * Mix: 200 recurring price alerts a symbol, at or above levels up to half the price above it and at or below levels as far below it;
 * prices walk at random, every symbol a tick a second.
 * Yardstick: a scan over all alerts of the tick's symbol. Before anything is timed both must give the same answers.
 * Not included: the database, which a tick only meets when an alert fires.
 */
import { createAlertIndex } from '@holdfast/engine/alerts';
import type { Alert } from '@holdfast/engine/alerts';
import type { Decimal } from '@holdfast/engine/money';
import type { Bench } from './measure/settings.ts';
import { measureStanding } from './measure/standing-work.ts';
import type { Look } from './measure/standing-work.ts';
import { levelBeyond, seededRandom, walkPrices } from './subject/price-walk.ts';
import type { WalkTick } from './subject/price-walk.ts';

const SYMBOLS = 5_000;
const ALERTS = 1_000_000;
const TICKS = 2_000_000;
/** The scan is slow: a part of the ticks says how slow. */
const SCAN_SHARE = 0.05;
const CHECKED_ALERTS = 20_000;
const CHECKED_TICKS = 400_000;
const COOLDOWN_MS = 60_000;

interface Wish {
  readonly symbol: number;
  readonly above: boolean;
  readonly level: Decimal;
}

export const watchAlerts: Bench = async ({ rounds }) => {
  const ticks = walkPrices(SYMBOLS, TICKS, 1);
  const checked = { wishes: scatter(CHECKED_ALERTS), ticks: ticks.slice(0, CHECKED_TICKS) };
  const [byIndex, byScan] = [indexLook(checked.wishes, checked.ticks)(), scanLook(checked.wishes, checked.ticks)()];
  if (byIndex !== byScan || byIndex === 0) throw new Error(`The index gave ${byIndex} answers and the scan ${byScan}.`);
  const [many, few] = [scatter(ALERTS), scatter(ALERTS / 100)];
  const scanned = ticks.slice(0, TICKS * SCAN_SHARE);
  return measureStanding({
    row: 'P11',
    title: '1,000,000 alerts on 5,000 symbols',
    ticks: TICKS,
    rounds,
    scanShare: SCAN_SHARE,
    open: { many: () => indexLook(many, ticks), few: () => indexLook(few, ticks), scan: () => scanLook(many, scanned) },
  });
};

function scatter(count: number): readonly Wish[] {
  const random = seededRandom(count);
  return Array.from({ length: count }, (_, number) => {
    const above = random() < 0.5;
    return { symbol: number % SYMBOLS, above, level: levelBeyond(above, random()) };
  });
}

function indexLook(wishes: readonly Wish[], ticks: readonly WalkTick[]): Look {
  const index = createAlertIndex();
  wishes.forEach(({ symbol, above, level }, number) => {
    const alert: Alert = {
      id: String(number),
      condition: { kind: above ? 'priceAbove' : 'priceBelow', symbol: String(symbol), threshold: level },
      repeat: 'recurring',
      cooldownMs: COOLDOWN_MS,
      createdAt: 0,
      expiresAt: null,
      snoozedUntil: null,
    };
    index.add(alert);
  });
  const looks = ticks.map(({ symbol, price, at }) => ({ symbol: String(symbol), value: price, at }));
  return () => {
    let answers = 0;
    for (const look of looks) answers += index.tick(look).length;
    return answers;
  };
}

/** Every alert of the symbol is asked at every tick. */
function scanLook(wishes: readonly Wish[], ticks: readonly WalkTick[]): Look {
  const bySymbol = Array.from({ length: SYMBOLS }, () => [] as { above: boolean; level: bigint; armed: boolean; firedAt: number }[]);
  for (const { symbol, above, level } of wishes) bySymbol[symbol]?.push({ above, level, armed: true, firedAt: Number.NEGATIVE_INFINITY });
  return () => {
    let answers = 0;
    for (const { symbol, price, at } of ticks) {
      for (const alert of bySymbol[symbol] ?? []) {
        const holds = alert.above ? price >= alert.level : price <= alert.level;
        if (holds && alert.armed && at >= alert.firedAt + COOLDOWN_MS) {
          alert.firedAt = at;
          answers += 1;
        }
        alert.armed = !holds;
      }
    }
    return answers;
  };
}
