/** Exchange rates from outside: one interface for every source, and the simulated rates. */
export type { ExchangeRates } from './exchange-rates.ts';
export { simulatedExchangeRates } from './simulated-exchange-rates.ts';
