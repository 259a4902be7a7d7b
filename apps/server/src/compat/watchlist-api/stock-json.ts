import { symbolOf } from '../../features/instruments/index.ts';
import type { Instrument } from '../../features/instruments/index.ts';

/** An instrument as this door prints a stock. */
export function stockOf(instrument: Instrument) {
  const { id, name, exchange, currency, status } = instrument;
  return { id, symbol: symbolOf(instrument), name, exchange, currency, is_active: status === 'active' };
}
