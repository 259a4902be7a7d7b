import type { Db } from '../../platform/db/pool.ts';
import type pg from 'pg';
import type { Clock } from '../../platform/clock.ts';
import type { Desk, Market, PortfolioStates } from '../desk/index.ts';
import type { InstrumentBook } from '../instruments/index.ts';

/** What the use cases of orders need. */
export interface OrderNeeds {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly desk: Desk;
  readonly states: PortfolioStates;
  readonly market: Market;
  readonly instruments: InstrumentBook;
}

/** Who asks: the desk checks that the token still counts. */
export interface OrderCaller {
  readonly userId: string;
  readonly tokenVersion: number;
  readonly requestId: string;
  readonly ip: string;
}
