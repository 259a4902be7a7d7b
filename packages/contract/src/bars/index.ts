/** The market's history and hours on the wire: bars, stored ticks, statistics, indicators, movers, clock and calendar. */
import { getMarketCalendar, getMarketClock, listMovers } from './market.ts';
import { getIndicators, getStatistics, listBars, listTicks } from './price-history.ts';

export { getMarketCalendar, getMarketClock, listMovers } from './market.ts';
export { Bar, getIndicators, getStatistics, Interval, listBars, listTicks } from './price-history.ts';

export const barsRoutes = [listBars, listTicks, getStatistics, getIndicators, listMovers, getMarketClock, getMarketCalendar] as const;
