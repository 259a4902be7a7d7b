/**
 * Quality: what can be wrong in the data, and what its owner can do about it.
 *
 * A *check* knows one thing that can be wrong, how grave it is (its *severity*) and what to do (its *advice*). It looks at *records*
 * as they were accepted, since a file may bring anything, and gives *issues*. An issue has the same id each time, so that it can be
 * dismissed, and disappears by itself when the data are right. Checks never change anything.
 *
 * Worked example: a purchase of 10 AAPL at -5 gives one issue of high severity: "Invalid purchase price for order_id=42: -5 is not
 * above zero.", with the advice to enter the price per unit as the broker confirmed it.
 *
 *     runChecks(ALL_CHECKS, { records: [purchase], nameOf: ({ id }) => `order_id=${id}`, ... }, portfolioId);
 */
export { ALL_CHECKS } from './all-checks.ts';
export { runChecks, type Check, type Finding, type Fix, type QualityIssue, type Severity } from './check.ts';
export {
  plainName,
  type CashDay,
  type KnownSplit,
  type QualityInput,
  type QualityRecord,
  type RecordKind,
  type TradedDay,
} from './record.ts';
