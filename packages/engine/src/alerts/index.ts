/**
 * Alerts: standing questions about prices, indicators and portfolios.
 *
 * An *alert* has a *condition*, which watches a *series* of values, such as a price or a day's change in per cent. The line it waits for
 * is its *level*. An alert fires at the *edge*, when its condition becomes true, not while it stays so; a recurring one is *armed* again
 * when the condition has been false. Conditions of a state ("at or above 200") fire at the next value if they are true already;
 * *crossings* need to have seen the other side first. A gap over the level is a crossing, and so is a spike between two values whose
 * high or low is known. During its *cooldown* an alert says nothing, and one that fires more than 15 times in three minutes, a *storm*,
 * is paused.
 *
 * Worked example: a recurring alert "AAPL at or above 200". Prices 199, 201, 202, 199, 203 make it fire at 201 and at 203: at 202 it
 * was true already, at 199 it was armed again.
 *
 *     const index = createAlertIndex();
 *     index.add({ id: 'a', condition: { kind: 'priceAbove', symbol: 'AAPL', threshold: decimal('200') }, repeat: 'recurring', ... });
 *     index.tick({ symbol: 'AAPL', at, value: decimal('201') });   // [{ alertId: 'a', before: 199, value: 201, level: 200, ... }]
 */
export { isExpired, isSilent, recordFiring, STORM_EVENTS, STORM_MS, type Alert, type AlertEvent } from './alert.ts';
export { createAlertIndex, type AlertIndex, type AlertMemory, type MarketTick, type Observation, type SeriesMark } from './alert-index.ts';
export {
  legsOf,
  percentChange,
  seriesName,
  type ChangeReference,
  type Condition,
  type Direction,
  type IndicatorInterval,
  type KnownMarket,
  type Leg,
  type PastPrice,
} from './condition.ts';
