/** Corporate actions: splits and cash dividends of an instrument, as its provider or an administrator gives them. */
export { bindCorporateActionRoutes } from './corporate-action-routes.ts';
export { insertActions, loadActions, loadDividendsAhead } from './action-store.ts';
export type { StoredAction } from './action-store.ts';
