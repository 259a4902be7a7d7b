/** A provider is killed in the middle of its stream, and comes back: what a client on the live stream and one that asks see of it. */
import { expect, onTestFinished, test } from 'vitest';
import { columns, expectPageShows } from '../../testing/page-tells.ts';
import { connectStream } from '../../testing/stream-peer.ts';
import { startTestApp } from '../../testing/test-app.ts';
import { vendorServerOfTest } from '../../testing/vendor-server.ts';
import { finnhubAnswers, twelveDataAnswers } from '../../testing/vendor-answers.ts';

const BEGUN = Date.parse('2026-01-07T15:30:00Z');
const MINUTE = 60_000;

async function setUp() {
  const finnhub = await vendorServerOfTest(finnhubAnswers);
  const twelve = await vendorServerOfTest(twelveDataAnswers);
  const app = await startTestApp({
    now: new Date(BEGUN).toISOString(),
    settings: {
      MARKET_DATA_PROVIDER: 'finnhub,twelve-data',
      STOCK_API_KEY: 'key',
      FINNHUB_URL: finnhub.url,
      FINNHUB_SOCKET_URL: finnhub.socketUrl,
      TWELVE_DATA_URL: twelve.url,
    },
  });
  onTestFinished(() => app.close());
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  return { app, finnhub, twelve };
}

test('a provider dies in mid-stream: the price grows old and says so, the next provider takes over, and the first comes back', async () => {
  const { app, finnhub, twelve } = await setUp();
  const now = () => app.clock.now();
  const rows: string[][] = [['time', 'what happens', 'stream', 'asked', 'source', 'age', 'delayed']];
  await app.anonymous.get('quotes/IBM');
  const listener = await connectStream(app);
  onTestFinished(() => listener.close());
  listener.say({ type: 'subscribe', channels: ['quotes:IBM'] });
  const lastOf = (data: unknown): string => (data as { readonly last: string }).last;
  const first = lastOf((await listener.next('snapshot'))['data']);
  const heard = () => listener.events('quotes:IBM').map(({ data }) => lastOf(data));
  let told = 0;
  /** What both clients have after it; `price` is what the listener is to hear, where it hears anything. */
  const note = async (what: string, price: string | null): Promise<void> => {
    if (price !== null) await listener.until('quotes:IBM', () => heard().at(-1) === price);
    const stream = rows.length === 1 ? [first] : heard().slice(told);
    told = heard().length;
    const quote = (await app.anonymous.get('quotes/IBM')).as<{ last: string; source: string; ageSeconds: number; delayed: boolean }>();
    const { last, source, ageSeconds, delayed } = quote;
    const time = new Date(now()).toISOString().slice(11, 19);
    rows.push([time, what, stream.at(-1) ?? '-', last, source, `${ageSeconds} s`, delayed ? 'yes' : 'no']);
  };
  const runJob = async () => {
    const job = app.app.market.jobs.find(({ name }) => name === 'fetch-prices');
    await job?.run({ payload: null, scheduledAt: null, attempt: 1, isLastAttempt: true, signal: new AbortController().signal });
  };
  const trade = (price: string) => finnhub.sockets[0]?.send(`{"data":[{"p":${price},"s":"IBM","t":${now()},"v":1}],"type":"trade"}`);

  await note('a first look', null);
  app.app.market.start();
  await finnhub.untilHeard(1);
  for (const price of ['296.5', '296.75']) {
    app.clock.advance(5_000);
    trade(price);
    await note('finnhub streams a trade', price);
  }
  let twelvePrice = '297.1';
  twelve.answer((url) => {
    const answer = twelveDataAnswers(url);
    if (typeof answer !== 'object' || url.pathname !== '/quote') return answer;
    return { body: { ...(answer.body as object), close: twelvePrice, last_quote_at: Math.floor(now() / 1_000) - 5 } };
  });
  app.clock.advance(10_000);
  finnhub.answer(() => 'cut');
  finnhub.sockets[0]?.terminate();
  await note('finnhub is killed: twelve-data is asked', '297.1');
  app.clock.set(BEGUN + 14 * MINUTE);
  await note('nobody streams', null);
  twelvePrice = '297.4';
  app.clock.set(BEGUN + 15 * MINUTE);
  await runJob();
  await note('the interval is over', '297.4');
  finnhub.answer((url) =>
    url.pathname === '/quote'
      ? { body: `{"c":298,"h":298.44,"l":295.9,"o":297,"pc":296.93,"t":${Math.floor(now() / 1_000)}}` }
      : finnhubAnswers(url),
  );
  app.clock.set(BEGUN + 30 * MINUTE);
  await runJob();
  await note('finnhub is back', '298');
  expect(rows.map(([, , , last, source]) => `${last} ${source}`).slice(1)).toEqual([
    '296.21 finnhub',
    '296.5 finnhub',
    '296.75 finnhub',
    '297.1 twelve-data',
    '297.1 twelve-data',
    '297.4 twelve-data',
    '298 finnhub',
  ]);
  expectPageShows(
    'reference/trading-day.md',
    'Fail-over as clients see it',
    columns(rows.map(([time = '', what = '', ...rest]) => [`${time}  ${what}`, ...rest])),
  );
});
