import type { Instrument as WireInstrument } from '@holdfast/contract/instruments';
import { formatDecimal } from '@holdfast/engine/money';
import { symbolOf } from './instrument.ts';
import type { Instrument } from './instrument.ts';

/** As the API shows it. */
export function wireInstrument(instrument: Instrument): WireInstrument {
  const { id, name, exchange, assetClass, currency, sector, country, isin, tickSize, status, source, ownerId } = instrument;
  return {
    id,
    symbol: symbolOf(instrument),
    name,
    exchange,
    assetClass,
    currency,
    sector,
    country,
    isin,
    tickSize: tickSize === null ? null : formatDecimal(tickSize),
    status,
    source,
    private: ownerId !== null,
  };
}

const texts = new WeakMap<Instrument, string>();

/** The same as JSON text, made once per instrument: lists are put together from these. */
export function instrumentText(instrument: Instrument): string {
  const made = texts.get(instrument);
  if (made !== undefined) return made;
  const text = JSON.stringify(wireInstrument(instrument));
  texts.set(instrument, text);
  return text;
}
