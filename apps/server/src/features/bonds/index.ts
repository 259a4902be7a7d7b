/** Bonds: what they pay and when, and what should have been recorded of them. */
export { bindBondRoutes } from './bond-routes.ts';
export { couponsAhead } from './coupons-ahead.ts';
export { setBondTerms } from './set-bond-terms.ts';
export { accruedOf } from './accrued-of.ts';
