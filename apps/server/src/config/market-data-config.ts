import type { MarketDataProviderName } from './provider-settings.ts';
import type { SettingValues } from './settings.ts';

export type ProviderConfig = {
  readonly name: MarketDataProviderName;
  /** Empty where none is needed. */
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly quotas: readonly { readonly requests: number; readonly perSeconds: number }[];
};

export type MarketDataConfig = {
  /** In the order in which they are asked; the first alone is `simulated` or `replay`. */
  readonly providers: readonly ProviderConfig[];
  readonly finnhubSocketUrl: string;
  readonly timeoutMs: number;
  readonly fetchIntervalMs: number;
  readonly quoteTtlMs: number;
  readonly latestPriceTtlMs: number;
  readonly replay: { readonly fromMs: number | null; readonly speed: number };
};

const DAY_SECONDS = 86_400;

export function marketDataConfig(values: SettingValues): MarketDataConfig {
  return {
    providers: values.marketDataProvider.map((name) => ({ name, ...providerConfig(name, values) })),
    finnhubSocketUrl: values.finnhubSocketUrl,
    timeoutMs: values.providerTimeoutMs,
    fetchIntervalMs: values.priceFetchInterval * 60_000,
    quoteTtlMs: values.quoteCacheTtl * 1_000,
    latestPriceTtlMs: values.latestPriceTtl * 1_000,
    replay: { fromMs: values.replayFrom, speed: values.replaySpeed },
  };
}

function providerConfig(name: MarketDataProviderName, values: SettingValues): Omit<ProviderConfig, 'name'> {
  const perMinute = (requests: number) => ({ requests, perSeconds: 60 });
  const perDay = (requests: number) => ({ requests, perSeconds: DAY_SECONDS });
  const common = values.stockApiKey ?? '';
  switch (name) {
    case 'alpha-vantage':
      return {
        apiKey: values.alphaVantageApiKey ?? common,
        baseUrl: values.alphaVantageUrl,
        quotas: [perDay(values.alphaVantagePerDay), perMinute(values.alphaVantagePerMinute)],
      };
    case 'finnhub':
      return { apiKey: values.finnhubApiKey ?? common, baseUrl: values.finnhubUrl, quotas: [perMinute(values.finnhubPerMinute)] };
    case 'twelve-data':
      return {
        apiKey: values.twelveDataApiKey ?? common,
        baseUrl: values.twelveDataUrl,
        quotas: [perDay(values.twelveDataPerDay), perMinute(values.twelveDataPerMinute)],
      };
    case 'yahoo':
      return { apiKey: '', baseUrl: values.yahooFinanceUrl, quotas: [perMinute(values.yahooFinancePerMinute)] };
    case 'simulated':
    case 'replay':
      return { apiKey: '', baseUrl: '', quotas: [] };
  }
}

const KEYED = { 'alpha-vantage': 'ALPHA_VANTAGE_API_KEY', finnhub: 'FINNHUB_API_KEY', 'twelve-data': 'TWELVE_DATA_API_KEY' } as const;

/** Providers that would refuse every question. */
export function providerFaults(values: SettingValues): string[] {
  return values.marketDataProvider.flatMap((name) => {
    if (!(name in KEYED) || providerConfig(name, values).apiKey !== '') return [];
    const setting = KEYED[name as keyof typeof KEYED];
    return [`${setting}: missing. MARKET_DATA_PROVIDER names ${name}; write its key, or STOCK_API_KEY.`];
  });
}
