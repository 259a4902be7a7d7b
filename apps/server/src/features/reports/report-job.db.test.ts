/** Reports made in the background: asked for, made by a job, told on the stream, fetched, removed; and what stops it in the middle. */
import readSheets from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../platform/clock.ts';
import { installJobSchema, startJobs } from '../../platform/jobs/index.ts';
import type { JobRun } from '../../platform/jobs/index.ts';
import { createMetrics, silentLogger } from '../../platform/observe/index.ts';
import type { TestUser } from '../../testing/builders.ts';
import { pdfText } from '../../testing/pdf-text.ts';
import { connectStream } from '../../testing/stream-peer.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let ada: TestUser;
let bob: TestUser;
let savings: string;

/** Threads begin by reading their sources, which takes them seconds where many are at work. */
const LONG_MS = 240_000;

beforeAll(async () => {
  app = await startTestApp({ now: '2026-01-08T12:00:00.000Z' });
  await installJobSchema({ url: app.databaseUrl, logger: silentLogger() });
  await app.http.listen({ host: '127.0.0.1', port: 0 });
  [ada, bob] = [await app.user('ada'), await app.user('bob')];
  savings = await portfolio(ada, 'Long run');
  await app.as(ada).post(`portfolios/${savings}/transactions`, { type: 'deposit', amount: '100', tradedAt: '2025-01-02T12:00:00.000Z' });
}, LONG_MS);
afterAll(() => app.close());

async function portfolio(user: TestUser, name: string): Promise<string> {
  return (await app.as(user).post('portfolios', { name, kind: 'tracked', baseCurrency: 'USD' })).as<{ id: string }>().id;
}

test('a report of another’s portfolio, and one of no period, are not made', async () => {
  const body = { portfolioId: savings, report: 'income', format: 'csv' };
  expect((await app.as(bob).post('reports', body)).code).toBe('not_found');
  expect((await app.as(ada).post('reports', { ...body, year: 2025, to: '2025-01-01' })).code).toBe('invalid_value');
});

/** As a worker would run it. */
async function runJob(id: string, run: Partial<JobRun> = {}): Promise<void> {
  const job = app.app.jobs.find(({ name }) => name === 'make-report');
  if (job === undefined) throw new Error('There is no job.');
  await job.run({ payload: id, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal, ...run });
}

async function ask(format: string, portfolioId = savings, user = ada): Promise<string> {
  const answer = await app.as(user).post('reports', { portfolioId, report: 'transactions', format });
  expect([answer.status, answer.text]).toEqual([202, answer.text]);
  return answer.as<{ reportId: string }>().reportId;
}

const report = async (id: string) => (await app.as(ada).get(`reports/${id}`)).as<Readonly<Record<string, unknown>>>();

test(
  'a report in the background: queued, made, told on the stream, fetched, listed, removed',
  async () => {
    const id = await ask('csv');
    expect(await report(id)).toMatchObject({ status: 'queued', progress: 0, fileName: null, report: 'transactions', year: null });
    expect((await app.as(ada).get(`reports/${id}/content`)).code).toBe('report_not_ready');
    const peer = await connectStream(app);
    peer.say({ type: 'auth', token: ada.accessToken });
    await peer.next('authenticated');
    peer.say({ type: 'subscribe', channels: [`reports:${id}`] });
    expect((await peer.next('snapshot'))['data']).toMatchObject({ status: 'queued' });

    await runJob(id);
    const seen: string[] = [];
    while (seen.at(-1) !== 'done') {
      const { events } = (await peer.next('events')) as unknown as { events: { data: { status: string } }[] };
      seen.push(...events.map(({ data }) => data.status));
    }
    expect([seen[0], seen.at(-1)]).toEqual(['running', 'done']);
    expect(await report(id)).toMatchObject({
      status: 'done',
      progress: 1,
      fileName: 'long-run-transactions-2026-01-08.csv',
      expiresAt: '2026-01-15T12:00:00.000Z',
    });
    const content = await app.as(ada).get(`reports/${id}/content`);
    expect(content.text).toBe((await app.as(ada).get(`portfolios/${savings}/reports/transactions.csv`)).text);

    const { items } = (await app.as(ada).get('reports?limit=1')).as<{ items: { id: string }[] }>();
    expect(items.map((item) => item.id)).toEqual([id]);
    for (const path of [`reports/${id}`, `reports/${id}/content`]) expect((await app.as(bob).get(path)).status).toBe(404);
    expect((await app.as(bob).delete(`reports/${id}`)).status).toBe(404);
    expect((await app.as(bob).get('reports')).as<{ items: unknown[] }>().items).toEqual([]);
    const other = await connectStream(app);
    other.say({ type: 'auth', token: bob.accessToken });
    await other.next('authenticated');
    other.say({ type: 'subscribe', channels: [`reports:${id}`] });
    expect(await other.next('error')).toMatchObject({ code: 'not_found' });

    expect((await app.as(ada).delete(`reports/${id}`)).status).toBe(204);
    expect((await app.as(ada).get(`reports/${id}`)).status).toBe(404);
    expect((await app.pool.query('select 1 from report_chunks where report_id = $1', [id])).rowCount).toBe(0);
  },
  LONG_MS,
);

test(
  'a server that stops in the middle leaves the report unmade, and the next one makes it, once',
  async () => {
    const id = await ask('xlsx');
    const stopping = new AbortController();
    const broken = runJob(id, { signal: stopping.signal });
    while ((await report(id))['status'] !== 'running') await new Promise(setImmediate);
    stopping.abort(new Error('The server stops.'));
    await expect(broken).rejects.toThrow();
    expect(await report(id)).toMatchObject({ status: 'running', fileName: null });
    expect((await app.pool.query('select 1 from report_chunks where report_id = $1', [id])).rowCount).toBe(0);

    await runJob(id, { attempt: 2 });
    expect(await report(id)).toMatchObject({ status: 'done' });
    const content = await app.as(ada).get(`reports/${id}/content`);
    expect((await readSheets(content.bytes)).map(({ sheet: name }) => name)).toEqual(['Summary', 'Transactions', 'Totals by type']);
    // Run once more, as after a lost answer: nothing changes.
    await runJob(id, { attempt: 3 });
    expect((await app.as(ada).get(`reports/${id}/content`)).bytes.equals(content.bytes)).toBe(true);
    // What it told has no gap and no repeat, and ends with one "done".
    const { rows } = await app.pool.query<{ sequence: number; status: string }>(
      "select sequence, body ->> 'status' as status from stream_facts where channel = $1 order by sequence",
      [`reports:${id}`],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, at) => at + 1));
    expect(rows.filter(({ status }) => status === 'done')).toHaveLength(1);
  },
  LONG_MS,
);

test(
  'a report whose portfolio cannot be read any more fails and says so',
  async () => {
    const id = await ask('pdf');
    // As if it were that of somebody who may not see the portfolio.
    await app.pool.query("update reports set kind = 'holdings', user_id = $2 where id = $1", [id, bob.id]);
    await runJob(id, { isLastAttempt: true });
    const failed = (await app.as(bob).get(`reports/${id}`)).as<Readonly<Record<string, unknown>>>();
    expect(failed).toMatchObject({ status: 'failed', detail: 'There is no portfolio with this id among yours.' });
    expect((await app.as(bob).get(`reports/${id}/content`)).code).toBe('report_not_ready');
  },
  LONG_MS,
);

test(
  'what a request put on the list, a worker takes from it',
  async () => {
    const id = await ask('csv');
    const metrics = createMetrics({ processMetrics: false });
    const jobs = app.app.jobs.filter(({ name }) => name === 'make-report');
    const worker = await startJobs({
      jobs,
      pool: app.pool,
      directUrl: app.databaseUrl,
      logger: silentLogger(),
      metrics,
      clock: systemClock,
    });
    try {
      while ((await report(id))['status'] !== 'done') await new Promise(setImmediate);
    } finally {
      await worker.stop();
      metrics.close();
    }
    expect((await app.as(ada).get(`reports/${id}/content`)).text).toContain('deposit');
  },
  LONG_MS,
);

test('five of a user are made at a time; one that is removed is not made', async () => {
  const own = await portfolio(bob, 'Bob’s');
  const ids = [];
  for (let at = 0; at < 5; at += 1) ids.push(await ask('csv', own, bob));
  const sixth = await app.as(bob).post('reports', { portfolioId: own, report: 'income', format: 'csv' });
  expect(sixth.code).toBe('conflict');
  const [first = ''] = ids;
  expect((await app.as(bob).delete(`reports/${first}`)).status).toBe(204);
  await runJob(first);
  expect((await app.as(bob).get(`reports/${first}`)).status).toBe(404);
});

test(
  'a portfolio with more rows than anybody waits for: refused at once, made by the job',
  async () => {
    const id = await portfolio(ada, 'Busy');
    await app.pool.query(
      `insert into transactions (portfolio_id, id, epoch, type, amount, currency, cash_effect, traded_at, recorded_at, source)
     select $1, gen_random_uuid(), 1, 'deposit', number, 'USD', number, timestamptz '2025-01-01' + number * interval '1 minute', now(), 'manual'
     from generate_series(1, 5001) as number`,
      [id],
    );
    const refused = await app.as(ada).get(`portfolios/${id}/reports/transactions.pdf`);
    expect(refused.code).toBe('report_too_large');
    // A day of 1,440 minutes is not too long.
    expect(
      (await app.as(ada).get(`portfolios/${id}/reports/transactions.csv?from=2025-01-02&to=2025-01-02`)).text.split('\r\n'),
    ).toHaveLength(1_442);
    expect((await app.as(ada).get(`portfolios/${id}/reports/realized-gains.pdf`)).status).toBe(200);
    const made = await ask('pdf', id);
    await runJob(made);
    expect(await report(made)).toMatchObject({ status: 'done' });
    const { pages: all } = pdfText((await app.as(ada).get(`reports/${made}/content`)).bytes);
    // 1 + … + 5001.
    expect(all.join('\n')).toContain(`+${((5001 * 5002) / 2).toLocaleString('en')}.00`);
    expect(all.at(-1)).toContain(`Page ${all.length} of ${all.length}`);
  },
  LONG_MS,
);
