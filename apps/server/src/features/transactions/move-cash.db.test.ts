/** Deposits and withdrawals, of portfolios that trade and of those that only record. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { paperTrader } from '../../testing/paper-trader.ts';
import type { PaperTrader } from '../../testing/paper-trader.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';

let app: TestApp;
let trader: PaperTrader;
beforeAll(async () => {
  app = await startTestApp();
  trader = await paperTrader(app, 'trader');
});
afterAll(() => app.close());

interface Receipt {
  readonly transactionId: string;
  readonly balance: string;
}

const move = (id: string, type: 'deposit' | 'withdrawal', amount: string | number, more: object = {}) =>
  trader.client.post(`portfolios/${id}/cash`, { type, amount, ...more });
const opened = async (body: object) =>
  (await trader.client.post('portfolios', { name: 'Mine', kind: 'tracked', ...body })).as<{ id: string }>().id;

test('a receipt says what was moved and what there is now, and names a transaction that says the same', async () => {
  const id = await trader.open();
  const answer = await move(id, 'deposit', '0.50');
  const receipt = answer.as<Receipt>();
  const tradedAt = '2026-01-05T15:30:00.000Z';
  expect([answer.status, receipt]).toEqual([
    201,
    { transactionId: receipt.transactionId, type: 'deposit', amount: '0.5', currency: 'USD', balance: '1000.5', tradedAt },
  ]);
  expect((await trader.client.get(`portfolios/${id}/transactions/${receipt.transactionId}`)).body).toMatchObject({
    type: 'deposit',
    amount: '0.5',
    cashEffect: '0.5',
    source: 'cash',
    tradedAt,
  });
  const back = (await move(id, 'withdrawal', 1000.5)).as<Receipt>();
  expect(back).toMatchObject({ type: 'withdrawal', amount: '1000.5', balance: '0' });
  expect((await trader.client.get(`portfolios/${id}/transactions/${back.transactionId}`)).body).toMatchObject({ cashEffect: '-1000.5' });
  const more = await move(id, 'withdrawal', '0.01');
  expect(more.body).toMatchObject({ status: 422, code: 'insufficient_cash', needed: '0.01', available: '0', currency: 'USD' });
});

test('cash of another currency is kept and given out by itself', async () => {
  const id = await trader.open();
  expect((await move(id, 'deposit', '12.34', { currency: 'EUR' })).body).toMatchObject({ currency: 'EUR', balance: '12.34' });
  expect((await move(id, 'deposit', '500', { currency: 'JPY' })).body).toMatchObject({ currency: 'JPY', balance: '500' });
  expect((await move(id, 'withdrawal', '12.35', { currency: 'EUR' })).body).toMatchObject({
    code: 'insufficient_cash',
    available: '12.34',
    currency: 'EUR',
  });
  expect((await move(id, 'withdrawal', '1', { currency: 'CHF' })).body).toMatchObject({ code: 'insufficient_cash', available: '0' });
  expect((await move(id, 'withdrawal', '12.34', { currency: 'EUR' })).body).toMatchObject({ balance: '0' });
  const { cash } = (await trader.client.get(`portfolios/${id}`)).as<{ cash: object[] }>();
  // What is used up is not shown any more.
  expect(cash).toMatchObject([
    { currency: 'USD', balance: '1000' },
    { currency: 'JPY', balance: '500', reserved: '0', available: '500' },
  ]);
});

test('of 16 withdrawals at once as many are paid as there is cash for', async () => {
  const id = await trader.open({ startingCash: '100' });
  const answers = await Promise.all(Array.from({ length: 16 }, () => move(id, 'withdrawal', '30')));
  expect(
    answers
      .filter(({ status }) => status === 201)
      .map((answer) => answer.as<Receipt>().balance)
      .sort(),
  ).toEqual(['10', '40', '70']);
  expect(answers.filter(({ code }) => code === 'insufficient_cash')).toHaveLength(13);
});

test('an archived portfolio moves nothing, traded or tracked', async () => {
  for (const id of [await trader.open(), await opened({})]) {
    await trader.client.delete(`portfolios/${id}`);
    expect((await move(id, 'deposit', '1')).code).toBe('portfolio_archived');
    await trader.client.patch(`portfolios/${id}`, { archived: false });
    expect((await move(id, 'deposit', '1')).status).toBe(201);
  }
});

test('a tracked portfolio records what happened, though it goes below zero', async () => {
  const id = await opened({ startingCash: '10' });
  expect((await move(id, 'deposit', '5')).body).toMatchObject({ balance: '15' });
  const answer = await move(id, 'withdrawal', '20.5');
  expect([answer.status, answer.as<Receipt>().balance]).toEqual([201, '-5.5']);
  const { transactionId } = answer.as<Receipt>();
  expect((await trader.client.get(`portfolios/${id}/transactions/${transactionId}`)).body).toMatchObject({
    source: 'manual',
    cashEffect: '-20.5',
  });
  // What was recorded may be taken back; what was traded may not.
  expect((await trader.client.delete(`portfolios/${id}/transactions/${transactionId}`)).status).toBe(204);
  expect((await trader.client.get(`portfolios/${id}`)).body).toMatchObject({ cash: [{ balance: '15' }] });
});

test('a tracked portfolio answers a repeated key with the first receipt, 12 at once too', async () => {
  const id = await opened({});
  const headers = { 'idempotency-key': 'tracked-once' };
  const send = () => trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '5' }, { headers });
  const answers = await Promise.all(Array.from({ length: 12 }, send));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers.filter((answer) => answer.headers['idempotency-replayed'] === 'true')).toHaveLength(11);
  expect((await trader.client.get(`portfolios/${id}`)).body).toMatchObject({ cash: [{ balance: '5' }] });
});

test('a portfolio whose cash is implied keeps none to move', async () => {
  const id = await opened({ cashMode: 'implied' });
  for (const type of ['deposit', 'withdrawal'] as const) expect((await move(id, type, '1')).code).toBe('conflict');
  expect((await trader.client.get(`portfolios/${id}/transactions`)).as<{ items: object[] }>().items).toEqual([]);
});
