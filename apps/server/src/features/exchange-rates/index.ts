/** Exchange rates from providers: kept by day, read from memory, crossed over the US dollar. */
export { fetchExchangeRates } from './fetch-exchange-rates.ts';
export { openStoredRates } from './open-stored-rates.ts';
export type { StoredRates } from './open-stored-rates.ts';
