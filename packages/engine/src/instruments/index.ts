/**
 * Instruments: what can be held, and how it is named.
 *
 * An *instrument* can be held or followed; its *asset class* says what it is. A *symbol* names it: bare for its *primary listing*,
 * followed by an *exchange* for any other. A *tick size* is the step between two neighbouring prices. A *corporate action* changes
 * what one unit is: a *split* makes more units of the same value, a *cash dividend* takes value out of each.
 *
 * Worked example: "sap.de" is SAP on XETRA. With a tick of 0.05 a price of 10.037 becomes 10.05. A 7-for-1 split on 2014-06-09 makes
 * a close of 645.57 before it comparable with the ones after it at 645.57 / 7 = 92.224285…
 *
 *     normalizeSymbol('sap.de');                                  // "SAP.XETRA"
 *     roundToTick(decimal('10.037'), decimal('0.05'));            // 10.05
 *     adjustmentFactor(split, decimal('645.57')).priceFactor;     // 0.142857142857142857
 */
export { accruedInterest, couponAmount, couponDays, DAY_COUNTS, type BondTerms, type CouponFrequency, type DayCount } from './bond.ts';
export {
  adjustmentFactor,
  adjustPrice,
  factorOn,
  splitRatio,
  type AdjustmentFactor,
  type CashDividend,
  type CorporateAction,
  type Split,
} from './corporate-action.ts';
export { findExchange, listExchanges, type Exchange } from './exchange.ts';
export { ASSET_CLASSES, isAssetClass, isTradable, type AssetClass, type Instrument, type InstrumentStatus } from './instrument.ts';
export { formatSymbol, normalizeSymbol, parseSymbol, type ListedSymbol } from './symbol.ts';
export { isOnTick, roundToTick, type TickRounding } from './tick-size.ts';
