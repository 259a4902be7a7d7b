/** What amounts can be counted in: an ISO 4217 code ("EUR") or the ticker of a crypto currency ("BTC"). */
export type CurrencyCode = string;

export interface Currency {
  readonly code: CurrencyCode;
  /** Decimals of its smallest unit: 2 for USD, 0 for JPY, 3 for KWD, 8 for BTC. Postings are rounded to it. */
  readonly minorUnits: number;
  readonly kind: 'iso' | 'crypto';
}

/** A currency code that no table here knows. */
export class CurrencyError extends Error {
  override readonly name = 'CurrencyError';
}

/** ISO 4217 list one (maintained by SIX Group as maintenance agency), funds and precious metals left out, by minor units. */
const ISO_BY_MINOR_UNITS: readonly (readonly [minorUnits: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK ' +
      'DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP ' +
      'LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD ' +
      'RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ' +
      'ZAR ZMW ZWG',
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

/** Crypto currencies in which a portfolio may keep cash: eight decimals each, as exchanges book them. */
const CRYPTO = 'ADA ARB ATOM AVAX BCH BNB BTC DAI DOGE DOT ETC ETH FIL LINK LTC NEAR SHIB SOL TRX UNI USDC USDT XLM XMR XRP';
const CRYPTO_MINOR_UNITS = 8;

const CURRENCIES: ReadonlyMap<CurrencyCode, Currency> = new Map([
  ...ISO_BY_MINOR_UNITS.flatMap(([minorUnits, codes]) => codes.split(' ').map((code) => entry({ code, minorUnits, kind: 'iso' }))),
  ...CRYPTO.split(' ').map((code) => entry({ code, minorUnits: CRYPTO_MINOR_UNITS, kind: 'crypto' })),
]);

/** The currency of a code in capitals, or null. */
export function findCurrency(code: string): Currency | null {
  return CURRENCIES.get(code) ?? null;
}

/** Decimals of the smallest unit. Throws `CurrencyError` for a code that is not known. */
export function minorUnits(code: CurrencyCode): number {
  const currency = CURRENCIES.get(code);
  if (currency === undefined) throw new CurrencyError(`"${code.slice(0, 20)}" is not a currency code that is known here.`);
  return currency.minorUnits;
}

/** Every currency, ISO first, each kind by code. */
export function listCurrencies(): readonly Currency[] {
  return [...CURRENCIES.values()].sort((a, b) => (a.kind === b.kind ? (a.code < b.code ? -1 : 1) : a.kind === 'iso' ? -1 : 1));
}

function entry(currency: Currency): readonly [CurrencyCode, Currency] {
  return [currency.code, Object.freeze(currency)];
}
