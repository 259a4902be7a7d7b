import type { Listing } from './listing.ts';
import { keyAt, keyOfText } from './noise.ts';
import { ANCHOR_DAY, createWalk, type Walk } from './walk.ts';

/** The logarithm of a listing's price over its price on the anchor day, at the close of a day. */
export type Level = (day: number) => number;

const SECTOR_PART = Math.sqrt(0.3);
const OWN_PART = Math.sqrt(0.7);
const SURPRISE_EVERY = 90;

/**
 * Makes the levels of listings. A level is the listing's growth, plus its share of what moves its whole group of markets, plus
 * its share of what moves its sector, plus what moves it alone; the walks of markets and sectors are made once and shared.
 */
export function createLevels(seed: string): (listing: Listing) => Level {
  const seedKey = keyOfText(seed);
  const shared = new Map<string, Walk>();
  const walkOf = (name: string, surpriseEvery: number): Walk =>
    createWalk({ key: keyAt(seedKey, keyOfText(name)), deviation: 1, surpriseEvery });
  const sharedWalk = (name: string): Walk => {
    const known = shared.get(name) ?? walkOf(name, 0);
    shared.set(name, known);
    return known;
  };
  return ({ instrument, factor, together, dailyDeviation, dailyGrowth }) => {
    const market = sharedWalk(`factor ${factor}`);
    const sector = sharedWalk(`sector ${factor} ${instrument.sector ?? instrument.assetClass}`);
    const own = walkOf(`symbol ${instrument.symbol}`, instrument.assetClass === 'stock' ? SURPRISE_EVERY : 0);
    const marketDeviation = together * dailyDeviation;
    const restDeviation = Math.sqrt(1 - together * together) * dailyDeviation;
    return (day) =>
      dailyGrowth * (day - ANCHOR_DAY) +
      marketDeviation * market.valueOn(day) +
      restDeviation * (SECTOR_PART * sector.valueOn(day) + OWN_PART * own.valueOn(day));
  };
}
