import { setting } from './setting.ts';
import { address, integer, text } from './setting-types.ts';
import type { SettingType } from './setting.ts';

export const marketDataProviders = ['simulated', 'replay', 'alpha-vantage', 'finnhub', 'twelve-data', 'yahoo'] as const;
export type MarketDataProviderName = (typeof marketDataProviders)[number];

/** Providers in the order in which they are asked. */
export const providerList: SettingType<readonly MarketDataProviderName[]> = {
  words: `one of ${marketDataProviders.join(', ')}, or several of the last four, separated by commas`,
  read: (value) => {
    const named = value.split(',').map((word) => word.trim().toLowerCase());
    const known = named.flatMap((word) => marketDataProviders.find((name) => name === word) ?? []);
    const alone = known.some((name) => name === 'simulated' || name === 'replay');
    const sound = known.length === named.length && new Set(known).size === known.length && (!alone || known.length === 1);
    return sound
      ? { value: Object.freeze(known) }
      : {
          wanted: `one of ${marketDataProviders.join(', ')}, or several of the last four separated by commas, since made-up prices never stand in for real ones`,
        };
  },
};

/** An instant or a day, as epoch milliseconds. */
const instant: SettingType<number> = {
  words: 'day or instant such as 2022-04-05 or 2022-04-05T03:45:00Z',
  read: (value) => {
    const at = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? { wanted: 'a day or an instant in UTC, such as 2022-04-05 or 2022-04-05T03:45:00Z' } : { value: at };
  },
};

const key = (name: string, vendor: string, aliases: readonly string[] = []) =>
  setting({
    name,
    aliases,
    type: text,
    default: null,
    defaultWords: 'unset: see STOCK_API_KEY',
    description: `The key for ${vendor}.`,
    secret: true,
  });

const url = (name: string, vendor: string, value: string) =>
  setting({
    name,
    type: value.startsWith('ws') ? address('wss', 'ws') : address('https', 'http'),
    default: value,
    description: `Where ${vendor} is reached: another address for a proxy, or for a test.`,
  });

const quota = (name: string, value: number, what: string) =>
  setting({ name, type: integer({ min: 1, max: 10_000_000 }), default: value, description: what });

export const providerSettings = {
  marketDataProvider: setting({
    name: 'MARKET_DATA_PROVIDER',
    type: providerList,
    default: ['simulated'] as readonly MarketDataProviderName[],
    defaultWords: 'simulated',
    description:
      'Where prices come from. The simulated market needs no key and no network. With several, the next is asked for what the one before does not give.',
  }),
  stockApiKey: setting({
    name: 'STOCK_API_KEY',
    type: text,
    default: null,
    defaultWords: 'unset',
    description: 'The key of the provider, for those that have none of their own below.',
    secret: true,
  }),
  alphaVantageApiKey: key('ALPHA_VANTAGE_API_KEY', 'Alpha Vantage'),
  finnhubApiKey: key('FINNHUB_API_KEY', 'Finnhub'),
  twelveDataApiKey: key('TWELVE_DATA_API_KEY', 'Twelve Data'),
  alphaVantageUrl: url('ALPHA_VANTAGE_URL', 'Alpha Vantage', 'https://www.alphavantage.co'),
  finnhubUrl: url('FINNHUB_URL', 'Finnhub', 'https://finnhub.io/api/v1'),
  finnhubSocketUrl: url('FINNHUB_SOCKET_URL', 'the stream of Finnhub', 'wss://ws.finnhub.io'),
  twelveDataUrl: url('TWELVE_DATA_URL', 'Twelve Data', 'https://api.twelvedata.com'),
  yahooFinanceUrl: url('YAHOO_FINANCE_URL', 'Yahoo Finance', 'https://query1.finance.yahoo.com'),
  alphaVantagePerDay: quota('ALPHA_VANTAGE_PER_DAY', 25, 'Calls of Alpha Vantage within any 24 hours; those of its free plan by default.'),
  alphaVantagePerMinute: quota('ALPHA_VANTAGE_PER_MINUTE', 5, 'Calls of Alpha Vantage within any minute.'),
  finnhubPerMinute: quota('FINNHUB_PER_MINUTE', 60, 'Calls of Finnhub within any minute; those of its free plan by default.'),
  twelveDataPerDay: quota('TWELVE_DATA_PER_DAY', 800, 'Credits of Twelve Data within any 24 hours; those of its free plan by default.'),
  twelveDataPerMinute: quota('TWELVE_DATA_PER_MINUTE', 8, 'Credits of Twelve Data within any minute.'),
  yahooFinancePerMinute: quota(
    'YAHOO_FINANCE_PER_MINUTE',
    60,
    'Symbols asked of Yahoo Finance within any minute. It promises nothing, so be modest.',
  ),
  providerTimeoutMs: setting({
    name: 'PROVIDER_TIMEOUT_MS',
    type: integer({ min: 10, max: 120_000 }),
    default: 10_000,
    description: 'A provider that has not answered within this time did not answer. Milliseconds.',
  }),
  priceFetchInterval: setting({
    name: 'PRICE_FETCH_INTERVAL',
    type: integer({ min: 1, max: 1440 }),
    default: 15,
    description: 'How often prices are fetched while a market is open, as far as the quotas go. Minutes.',
  }),
  quoteCacheTtl: setting({
    name: 'QUOTE_CACHE_TTL',
    type: integer({ min: 1, max: 86_400 }),
    default: 60,
    description: 'For this long a provider is not asked again for the same symbol. Seconds.',
  }),
  latestPriceTtl: setting({
    name: 'LATEST_PRICE_TTL',
    type: integer({ min: 1, max: 86_400 }),
    default: 300,
    description: 'How long the answer with the latest price of a symbol is kept, at most: a new price drops it. Seconds.',
  }),
  replayFrom: setting({
    name: 'REPLAY_FROM',
    type: instant,
    default: null,
    defaultWords: 'unset: the beginning of the stored ticks',
    description: 'Where a replay begins.',
  }),
  replaySpeed: setting({
    name: 'REPLAY_SPEED',
    type: integer({ min: 1, max: 1000 }),
    default: 1,
    description: 'How many seconds of the recording a replay plays in one second.',
  }),
} as const;
