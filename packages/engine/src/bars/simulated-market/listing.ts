import type { Instrument } from '../../instruments/index.ts';
import { decimal, type Decimal } from '../../money/index.ts';
import type { Factor, ListingGroup, ListingRow } from './listing-group.ts';
import { UNITED_STATES_LISTINGS } from './united-states-listings.ts';
import { WORLD_LISTINGS } from './world-listings.ts';

/** An instrument of the simulated market and how it moves. Prices inside the market are whole numbers of ticks. */
export interface Listing {
  readonly instrument: Instrument & { readonly exchange: string; readonly tickSize: Decimal };
  readonly startTicks: number;
  readonly factor: Factor;
  /** Correlation with the factor, -1 to 1. */
  readonly together: number;
  /** Standard deviation of the logarithm of the price over one calendar day. */
  readonly dailyDeviation: number;
  /** Growth of the logarithm of the price per calendar day. */
  readonly dailyGrowth: number;
  readonly dailyVolume: number;
}

const DAYS_A_YEAR = 365.25;

function listingOf(group: ListingGroup, row: ListingRow): Listing {
  const [symbol, name, sector, price, volatility, together, volume] = row;
  const { assetClass, exchange, country, currency } = group;
  const tickSize = decimal(group.tickSize);
  return Object.freeze({
    instrument: Object.freeze({ symbol, name, exchange, assetClass, currency, sector, country, tickSize, status: 'active' }),
    startTicks: Number(decimal(price) / tickSize),
    factor: group.factor,
    together,
    dailyDeviation: volatility / 100 / Math.sqrt(DAYS_A_YEAR),
    dailyGrowth: group.growth / 100 / DAYS_A_YEAR,
    dailyVolume: volume,
  });
}

const LISTINGS: readonly Listing[] = [...UNITED_STATES_LISTINGS, ...WORLD_LISTINGS].flatMap((group) =>
  group.rows.map((row) => listingOf(group, row)),
);

/** Every instrument of the simulated market. */
export function listListings(): readonly Listing[] {
  return LISTINGS;
}
