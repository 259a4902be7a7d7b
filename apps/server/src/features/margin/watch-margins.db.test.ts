import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobRun } from '../../platform/jobs/index.ts';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function look(on: TestApp = app): Promise<void> {
  const job = on.app.jobs.find(({ name }) => name === 'watch-margins');
  const run: JobRun = { payload: null, scheduledAt: null, attempt: 1, isLastAttempt: false, signal: new AbortController().signal };
  await job?.run(run);
}
async function told({ client }: PaperTrader): Promise<readonly string[]> {
  const { items } = (await client.get('notifications?kind=margin')).as<{ items: { severity: string; title: string; body: string }[] }>();
  return items.map(({ severity, title, body }) => `${severity}: ${title}. ${body}`).reverse();
}
const buy = (quantity: string) => ({ symbol: 'SHARE', side: 'buy', type: 'market', timeInForce: 'day', quantity });
/** 1,000 of its own and as much on credit. */
const onCredit = (trader: PaperTrader) => trader.open({ name: 'Bold', settings: { creditLimit: '1000' } });

const EQUITY = 'critical: Bold: too little equity. ';
const CREDIT = 'warning: Bold: the credit is nearly used up. ';

test('too little equity is told when it becomes so, and again only after it has been enough', async () => {
  const trader = await paperTrader(app, 'ada');
  const id = await onCredit(trader);
  // 170 for 1,700: 700 are borrowed, 300 of the credit are left.
  expect((await trader.place(id, buy('170'))).status).toBe(201);
  await look();
  expect(await told(trader)).toEqual([]);
  // 170 x 5.40 = 918, less 700 are 218: 23.7 % of 918.
  trader.quote('5.40');
  await Promise.all([look(), look()]);
  await look();
  const first = `${EQUITY}218.00 USD carry positions of 918.00 USD; it should be a quarter of them. Deposit cash or sell something.`;
  expect(await told(trader)).toEqual([first]);
  // 5.60 x 170 = 952, less 700: 26.5 %, which is not clear of it yet. At 5.40 once more nothing is told.
  for (const price of ['5.60', '5.40']) {
    trader.quote(price);
    await look();
  }
  expect(await told(trader)).toHaveLength(1);
  // 1,020 - 700 = 320: 31.4 %.
  for (const price of ['6', '5.40']) {
    trader.quote(price);
    await look();
  }
  expect(await told(trader)).toEqual([first, first]);
});

test('credit that is nearly used up, in the words of the owner; a deposit clears it', async () => {
  const trader = await paperTrader(app, 'bob');
  await trader.client.patch('me', { locale: 'de' });
  const id = await onCredit(trader);
  // 1,850 of 1,000: 150 of 1,000 of credit are left.
  expect((await trader.place(id, buy('185'))).status).toBe(201);
  await look();
  expect(await told(trader)).toEqual([
    'warning: Bold: der Kredit ist fast ausgeschöpft. Von 1.000,00 USD sind noch 150,00 USD frei. Käufe darüber hinaus werden abgelehnt.',
  ]);
  await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '500' });
  await look();
  await trader.place(id, buy('50'));
  await look();
  expect(await told(trader)).toHaveLength(2);
});

test('it waits for no quiet hours, goes by mail, and two servers tell once', async () => {
  const trader = await paperTrader(app, 'cleo');
  const id = await onCredit(trader);
  const wished = { emailTiming: 'daily', quietHours: { from: '00:00', to: '23:59' } };
  const { channels, digestAt } = (await trader.client.get('notification-preferences')).as<{ channels: object; digestAt: string }>();
  expect((await trader.client.put('notification-preferences', { channels, digestAt, ...wished })).body).toMatchObject(wished);
  await trader.place(id, buy('185'));
  const second = await startTestApp({ beside: app });
  await Promise.all([look(), look(second)]);
  await second.close();
  expect(await told(trader)).toEqual([expect.stringContaining(CREDIT)]);
  const mails = await app.db.selectFrom('deliveries').select(['channel', 'due_at']).where('user_id', '=', trader.user.id).execute();
  expect(mails).toEqual([{ channel: 'email', due_at: new Date(app.clock.now()) }]);
});

test('whoever borrows nothing, and whoever has archived the portfolio, is told nothing', async () => {
  const trader = await paperTrader(app, 'dora');
  const id = await trader.open({ name: 'Calm' });
  await trader.place(id, buy('100'));
  trader.quote('0.01');
  await look();
  trader.quote('10');
  const other = await onCredit(trader);
  await trader.place(other, buy('185'));
  await trader.client.delete(`portfolios/${other}`);
  await look();
  expect(await told(trader)).toEqual([]);
});
