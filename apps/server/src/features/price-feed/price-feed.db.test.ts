/** Prices of providers as clients see them: fetched by the clock and on demand, and from the next provider when one is gone. */
import { formatDecimal } from '@holdfast/engine/money';
import { expect, onTestFinished, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp, TestAppOptions } from '../../testing/test-app.ts';
import { startVendorServer } from '../../testing/vendor-server.ts';
import type { VendorServer } from '../../testing/vendor-server.ts';
import { alphaVantageAnswers, finnhubAnswers, twelveDataAnswers } from '../../testing/vendor-answers.ts';

const NOW = '2026-01-07T15:30:30.000Z';

interface Servers {
  readonly finnhub: VendorServer;
  readonly twelve: VendorServer;
}

async function setUp(provider: string, options: TestAppOptions = {}): Promise<Servers & { readonly app: TestApp }> {
  const finnhub = await startVendorServer(finnhubAnswers);
  const twelve = await startVendorServer(twelveDataAnswers);
  const app = await startTestApp({
    now: NOW,
    ...options,
    settings: {
      MARKET_DATA_PROVIDER: provider,
      STOCK_API_KEY: 'key',
      FINNHUB_URL: finnhub.url,
      FINNHUB_SOCKET_URL: finnhub.socketUrl,
      TWELVE_DATA_URL: twelve.url,
      ALPHA_VANTAGE_URL: finnhub.url,
      ...options.settings,
    },
  });
  onTestFinished(async () => {
    await app.close();
    await finnhub.close();
    await twelve.close();
  });
  return { app, finnhub, twelve };
}

function run(app: TestApp, name: string): Promise<void> {
  const job = app.app.market.jobs.find((candidate) => candidate.name === name);
  if (job === undefined) throw new Error(`There is no job ${name}.`);
  return job.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: true, signal: new AbortController().signal });
}

interface Quote {
  readonly last: string;
  readonly source: string;
  readonly at: string;
  readonly ageSeconds: number;
  readonly delayed: boolean;
}

async function quoteOf(app: TestApp): Promise<Quote> {
  return (await app.anonymous.get('quotes/IBM')).as<Quote>();
}

test('an unknown symbol is looked up once, kept, and has a price at once', async () => {
  const { app, finnhub } = await setUp('finnhub');
  expect(await quoteOf(app)).toMatchObject({
    last: '296.21',
    source: 'finnhub',
    at: '2026-01-07T15:30:00.000Z',
    ageSeconds: 30,
    delayed: false,
  });
  expect((await app.anonymous.get('instruments/IBM')).body).toMatchObject({ exchange: 'NYSE', source: 'finnhub', sector: 'Technology' });
  for (let asked = 0; asked < 20; asked += 1) await quoteOf(app);
  expect((await app.anonymous.get('quotes/NOSUCH')).code).toBe('not_found');
  expect((await app.anonymous.get('quotes/NOSUCH')).code).toBe('not_found');
  // One profile and one quote of IBM; one profile of what nobody knows.
  expect(finnhub.asked.map(({ pathname }) => pathname)).toEqual(['/stock/profile2', '/quote', '/stock/profile2']);
});

test('a symbol asked for while its provider is away is asked for again', async () => {
  const { app, finnhub } = await setUp('finnhub');
  finnhub.answer(() => ({ status: 500 }));
  expect((await app.anonymous.get('quotes/IBM')).code).toBe('not_found');
  finnhub.answer(finnhubAnswers);
  expect(await quoteOf(app)).toMatchObject({ last: '296.21' });
});

test('a search for a symbol that only the provider knows finds it', async () => {
  const { app } = await setUp('finnhub');
  const found = async () =>
    (await app.anonymous.get('instruments?search=IBM')).as<{ items: { symbol: string }[] }>().items.map(({ symbol }) => symbol);
  expect(await found()).toEqual(['IBM']);
  expect((await app.anonymous.get('instruments?search=NOSUCH')).as<{ items: [] }>().items).toEqual([]);
});

test('a provider dies: clients see the price grow old, then the next one’s, and the first again when it is back', async () => {
  const { app, finnhub, twelve } = await setUp('finnhub,twelve-data');
  const seen: string[] = [];
  const look = async () => {
    const { last, source, delayed } = await quoteOf(app);
    seen.push(`${last} ${source}${delayed ? ' delayed' : ''}`);
  };
  await look();
  finnhub.answer(() => 'cut');
  twelve.answer((url) => {
    const answer = twelveDataAnswers(url);
    if (url.pathname !== '/quote' || typeof answer !== 'object') return answer;
    const body = { ...(answer.body as object), close: '297.10000', last_quote_at: Math.floor(app.clock.now() / 1_000) - 5 };
    return { body };
  });
  app.clock.advance(16 * 60_000);
  await look();
  await run(app, 'fetch-prices');
  await look();
  finnhub.answer((url) =>
    url.pathname === '/quote'
      ? { body: `{"c":298,"h":298.44,"l":295.9,"o":297,"pc":296.93,"t":${Math.floor(app.clock.now() / 1_000)}}` }
      : undefined,
  );
  app.clock.advance(16 * 60_000);
  await run(app, 'fetch-prices');
  await look();
  expect(seen).toEqual(['296.21 finnhub', '296.21 finnhub delayed', '297.1 twelve-data', '298 finnhub']);

  const admin = await app.user('admin', 'admin');
  const { providers, skips, writer, caches } = (await app.as(admin).get('admin/providers')).as<{
    providers: { name: string; state: string; quotas: { used: number }[]; lastAnswerAt: string | null }[];
    skips: { provider: string; reason: string; count: number }[];
    writer: boolean;
    caches: { name: string }[];
  }>();
  expect(providers.map(({ name, state }) => `${name} ${state}`)).toEqual(['finnhub ready', 'twelve-data ready']);
  expect(providers.every(({ lastAnswerAt }) => lastAnswerAt !== null)).toBe(true);
  expect(providers[1]?.quotas[0]?.used).toBeGreaterThan(0);
  expect(skips).toMatchObject([{ provider: 'finnhub', reason: 'unreachable' }]);
  expect(writer).toBe(true);
  expect(caches.map(({ name }) => name)).toContain('provider-quotes');
});

test('an old price is answered at once, and a new one is fetched behind it, once however many look', async () => {
  const { app, finnhub } = await setUp('finnhub');
  await quoteOf(app);
  const fetched = new Promise<void>((resolve) => app.app.market.quotes.board.onTick(() => resolve()));
  finnhub.answer((url) =>
    url.pathname === '/quote'
      ? { body: `{"c":300,"h":301,"l":295,"o":297,"pc":296.93,"t":${Math.floor(app.clock.now() / 1_000)}}` }
      : undefined,
  );
  const before = finnhub.asked.length;
  app.clock.advance(14 * 60_000);
  await quoteOf(app);
  expect(finnhub.asked).toHaveLength(before);
  app.clock.advance(2 * 60_000);
  const answers = await Promise.all(Array.from({ length: 20 }, () => quoteOf(app)));
  expect(new Set(answers.map(({ last, delayed }) => `${last} ${String(delayed)}`))).toEqual(new Set(['296.21 true']));
  await fetched;
  expect(await quoteOf(app)).toMatchObject({ last: '300', delayed: false, ageSeconds: 0 });
  expect(finnhub.asked).toHaveLength(before + 1);
});

test('while the market is closed nothing is fetched twice', async () => {
  const { app, finnhub } = await setUp('finnhub', { now: '2026-01-07T23:00:00.000Z' });
  await quoteOf(app);
  const before = finnhub.asked.length;
  for (let hour = 0; hour < 6; hour += 1) {
    app.clock.advance(3_600_000);
    await run(app, 'fetch-prices');
    await quoteOf(app);
  }
  // The price is of 15:30, before the close: it is asked for once more, and then there is nothing newer to be had.
  expect(finnhub.asked.length - before).toBeLessThanOrEqual(1);
});

test('trades stream in; the stream dies in the middle, and the next provider’s prices follow it', async () => {
  const { app, finnhub, twelve } = await setUp('finnhub,twelve-data');
  const seen: string[] = [];
  await quoteOf(app);
  const { board } = app.app.market.quotes;
  const next = () =>
    new Promise<void>((resolve) => {
      const stop = board.onTick((changed) => {
        seen.push(...changed.map(({ last, source }) => `${formatDecimal(last)} ${source}`));
        stop();
        resolve();
      });
    });
  app.app.market.start();
  await finnhub.untilHeard(1);
  expect(finnhub.heard).toEqual(['{"type":"subscribe","symbol":"IBM"}']);
  const trade = (price: string) =>
    finnhub.sockets[0]?.send(`{"data":[{"p":${price},"s":"IBM","t":${app.clock.now()},"v":1}],"type":"trade"}`);
  for (const price of ['296.5', '296.75']) {
    app.clock.advance(1_000);
    const heard = next();
    trade(price);
    await heard;
  }
  // A trade says no more than its price: the day's figures stay, and the range grows with it.
  expect((await app.anonymous.get('quotes/IBM')).body).toMatchObject({
    last: '296.75',
    previousClose: '296.93',
    high: '298.44',
    source: 'finnhub',
  });
  finnhub.answer(() => 'cut');
  finnhub.sockets[0]?.terminate();
  twelve.answer((url) => {
    const answer = twelveDataAnswers(url);
    if (typeof answer !== 'object' || url.pathname !== '/quote') return answer;
    return { body: { ...(answer.body as object), close: '297.10000', last_quote_at: Math.floor(app.clock.now() / 1_000) } };
  });
  app.clock.advance(15 * 60_000);
  const heard = next();
  await run(app, 'fetch-prices');
  await heard;
  expect(seen).toEqual(['296.5 finnhub', '296.75 finnhub', '297.1 twelve-data']);
  expect((await quoteOf(app)).delayed).toBe(false);
});

test('what was fetched is stored once, and read after a restart', async () => {
  const { app, finnhub, twelve } = await setUp('finnhub');
  await quoteOf(app);
  app.clock.advance(16 * 60_000);
  await run(app, 'fetch-prices');
  await run(app, 'fetch-prices');
  await app.app.market.quotes.flush();
  const { rows } = await app.pool.query<{ source: string; number: number }>('select source, number from latest_prices');
  // The same price of the same instant is nothing new: it keeps its number.
  expect(rows).toEqual([{ source: 'finnhub', number: Date.parse(NOW) }]);
  const asked = finnhub.asked.filter(({ pathname }) => pathname === '/quote').length;
  const settings = {
    MARKET_DATA_PROVIDER: 'finnhub',
    FINNHUB_API_KEY: 'key',
    FINNHUB_URL: finnhub.url,
    FINNHUB_SOCKET_URL: twelve.socketUrl,
  };
  const again = await startTestApp({ beside: app, settings });
  expect((await again.anonymous.get('quotes/IBM')).as<Quote>().last).toBe('296.21');
  await again.close();
  expect(finnhub.asked.filter(({ pathname }) => pathname === '/quote').length).toBeLessThanOrEqual(asked + 1);
});

test('the past of a new symbol is filled once, with its splits and dividends, and charts are adjusted for them', async () => {
  const { app, finnhub } = await setUp('finnhub');
  const premium = await app.user('premium', 'premium');
  await quoteOf(app);
  await run(app, 'backfill-history');
  const bars = async (query: string) =>
    (await app.as(premium).get(`instruments/IBM/bars?interval=1d&from=2026-01-01&to=2026-01-07${query}`)).as<{
      bars: { close: string }[];
      source: string;
    }>();
  expect((await bars('&adjusted=false')).bars.map(({ close }) => close)).toEqual(['291.5', '294.97', '296.93']);
  // A dividend of 1.68 on the 5th: 291.5 x (291.5 - 1.68) / 291.5 = 289.82.
  expect((await bars('')).bars.map(({ close }) => close)).toEqual(['289.82', '294.97', '296.93']);
  expect((await app.anonymous.get('instruments/IBM/actions')).as<{ items: unknown[] }>().items).toMatchObject([
    { kind: 'cashDividend', exOn: '2026-01-05', payOn: '2026-01-20', amountPerShare: '1.68', currency: 'USD', source: 'finnhub' },
  ]);
  const asked = finnhub.asked.length;
  await run(app, 'backfill-history');
  expect(finnhub.asked).toHaveLength(asked);
  app.clock.advance(86_400_000);
  await run(app, 'backfill-history');
  const { rows } = await app.pool.query<{ count: number }>("select count(*)::integer as count from bars where interval = '1d'");
  expect(rows).toEqual([{ count: 3 }]);
});

test('rates of the currencies that are needed are fetched, crossed, and carried over days without one', async () => {
  const { app, twelve } = await setUp('twelve-data');
  const user = await app.user('user');
  expect((await app.anonymous.get('exchange-rates?base=EUR&currencies=USD')).code).toBe('no_exchange_rate');
  await app.as(user).post('portfolios', { name: 'Euro', kind: 'tracked', baseCurrency: 'EUR' });
  await app.as(user).post('portfolios', { name: 'Yen', kind: 'tracked', baseCurrency: 'JPY' });
  twelve.answer((url) => {
    const symbol = url.searchParams.get('symbol');
    const rates: Record<string, string> = { 'USD/EUR': '0.8', 'USD/JPY': '160' };
    const close = rates[symbol ?? ''];
    if (url.pathname !== '/time_series' || close === undefined) return twelveDataAnswers(url);
    const row = (datetime: string) => ({ datetime, open: close, high: close, low: close, close });
    return { body: { meta: { symbol }, values: [row('2026-01-05'), row('2026-01-02')], status: 'ok' } };
  });
  await run(app, 'fetch-exchange-rates');
  const rates = (await app.anonymous.get('exchange-rates?base=EUR&currencies=USD,JPY&from=2026-01-02&to=2026-01-07')).as<{
    days: { day: string; rates: Record<string, string> }[];
  }>();
  // 1 / 0.8 = 1.25 USD and 160 / 0.8 = 200 JPY per EUR; the weekend and what is not there yet have no row of their own.
  expect(rates.days).toEqual([
    { day: '2026-01-02', rates: { JPY: '200', USD: '1.25' } },
    { day: '2026-01-05', rates: { JPY: '200', USD: '1.25' } },
  ]);
  const only = (await app.anonymous.get('exchange-rates?base=EUR&currencies=USD&from=2026-01-04&to=2026-01-04')).as<{
    days: { day: string }[];
  }>();
  expect(only.days.map(({ day }) => day)).toEqual(['2026-01-02']);
});

test('one server writes; another asks it, and takes over when it is gone', async () => {
  const { app, finnhub } = await setUp('finnhub', { postgresBus: true });
  const settings = {
    MARKET_DATA_PROVIDER: 'finnhub',
    FINNHUB_API_KEY: 'key',
    FINNHUB_URL: finnhub.url,
    FINNHUB_SOCKET_URL: finnhub.socketUrl,
  };
  const other = await startTestApp({ beside: app, postgresBus: true, settings });
  onTestFinished(() => other.close());
  await quoteOf(app);
  const admin = await app.user('admin', 'admin');
  const isWriter = async (server: TestApp) => (await server.as(admin).get('admin/providers')).as<{ writer: boolean }>().writer;
  expect([await isWriter(app), await isWriter(other)]).toEqual([true, false]);
  // The other one has heard of the instrument and of its price.
  await run(other, 'fetch-prices');
  expect(await isWriter(other)).toBe(false);
  await app.app.market.close();
  await run(other, 'fetch-prices');
  expect(await isWriter(other)).toBe(true);
});

test('what is left of a quota is counted, and shown with what it kept back', async () => {
  const { app, finnhub } = await setUp('alpha-vantage', { settings: { ALPHA_VANTAGE_PER_DAY: '3', ALPHA_VANTAGE_PER_MINUTE: '5' } });
  finnhub.answer(alphaVantageAnswers);
  expect((await quoteOf(app)).source).toBe('alpha-vantage');
  // A profile may take two calls, and a quote takes one.
  expect(finnhub.asked).toHaveLength(2);
  expect((await app.anonymous.get('quotes/AAA')).code).toBe('not_found');
  expect((await app.anonymous.get('quotes/BBB')).code).toBe('not_found');
  expect(finnhub.asked).toHaveLength(2);
  const admin = await app.user('admin', 'admin');
  const { providers, skips } = (await app.as(admin).get('admin/providers')).as<{
    providers: { state: string }[];
    skips: { reason: string }[];
  }>();
  expect(providers).toMatchObject([
    {
      name: 'alpha-vantage',
      state: 'outOfQuota',
      quotas: [
        { requests: 3, used: 3 },
        { requests: 5, used: 3 },
      ],
    },
  ]);
  expect(skips.map(({ reason }) => reason)).toContain('quota');
});

test('what was simulated gets real prices where a provider has them, and simulated ones again without one', async () => {
  const simulated = await startTestApp({ now: NOW });
  onTestFinished(() => simulated.close());
  expect((await simulated.anonymous.get('instruments/IBM')).body).toMatchObject({ source: 'simulated' });
  const finnhub = await startVendorServer(finnhubAnswers);
  onTestFinished(() => finnhub.close());
  const settings = {
    MARKET_DATA_PROVIDER: 'finnhub',
    FINNHUB_API_KEY: 'key',
    FINNHUB_URL: finnhub.url,
    FINNHUB_SOCKET_URL: finnhub.socketUrl,
  };
  const real = await startTestApp({ beside: simulated, settings });
  expect((await real.anonymous.get('quotes/IBM')).as<Quote>()).toMatchObject({ source: 'finnhub', last: '296.21' });
  await real.close();
  const back = await startTestApp({ beside: simulated });
  expect((await back.anonymous.get('quotes/IBM')).as<Quote>().source).toBe('simulated');
  await back.close();
});
