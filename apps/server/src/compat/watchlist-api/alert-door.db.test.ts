import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestClient } from '../../testing/test-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const ALERTS = '/api/v1/notifications/alerts/';
const NOTIFICATIONS = '/api/v1/notifications/notifications/';

interface StockAlert {
  readonly id: string;
  readonly condition_type: string;
  readonly is_active: boolean;
}
const create = async (client: TestClient, rest: object = {}) =>
  client.post(ALERTS, { stock_symbol: 'AAPL', condition_type: 'PRICE_ABOVE', threshold_value: '900', ...rest });

test('an alert is made, seen, changed, set to rest, woken and deleted', async () => {
  const client = app.as(await app.user('ada'));
  const made = await create(client);
  expect(made.status).toBe(201);
  const { data: alert } = made.as<{ data: StockAlert }>();
  expect(made.body).toMatchObject({
    data: {
      stock_symbol: 'AAPL',
      condition_type: 'PRICE_ABOVE',
      threshold_value: '900',
      one_time: true,
      is_active: true,
      triggered_count: 0,
    },
    meta: null,
    errors: null,
  });
  expect((await client.get(`${ALERTS}${alert.id}/`)).body).toEqual(made.body);
  const changed = await client.patch(`${ALERTS}${alert.id}/`, { threshold_value: 950, one_time: false });
  expect(changed.body).toMatchObject({ data: { threshold_value: '950', one_time: false } });
  expect((await client.post(`${ALERTS}${alert.id}/deactivate/`)).body).toMatchObject({ data: { is_active: false } });
  expect((await client.post(`${ALERTS}${alert.id}/activate/`)).body).toMatchObject({ data: { is_active: true } });
  expect((await client.delete(`${ALERTS}${alert.id}/`)).status).toBe(204);
  expect((await client.get(`${ALERTS}${alert.id}/`)).status).toBe(404);
});

test('the three kinds of the document, and those made elsewhere, in one list by pages', async () => {
  const client = app.as(await app.user('bob'));
  for (const condition_type of ['PRICE_ABOVE', 'PRICE_BELOW', 'PERCENT_CHANGE'])
    expect((await create(client, { condition_type, threshold_value: '5', one_time: false })).status).toBe(201);
  await client.post('alerts', { condition: 'volumeAbove', symbol: 'MSFT', threshold: '1000' });
  const kinds: string[] = [];
  let next: string | null = `${ALERTS}?page_size=3`;
  while (next !== null) {
    const page: { data: StockAlert[]; meta: { next: string | null } } = (await client.get(next)).as();
    kinds.push(...page.data.map(({ condition_type }) => condition_type));
    next = page.meta.next;
  }
  expect(kinds.sort()).toEqual(['PERCENT_CHANGE', 'PRICE_ABOVE', 'PRICE_BELOW', 'VOLUME_ABOVE']);
  const { items } = (await client.get('alerts?condition=percentChange')).as<{ items: object[] }>();
  expect(items).toMatchObject([{ threshold: '5', direction: 'either', window: null, repeat: 'recurring' }]);
});

test('what is wrong is 400, in the envelope', async () => {
  const client = app.as(await app.user('carl'));
  for (const rest of [{ threshold_value: '-1' }, { condition_type: 'VOLUME' }, { stock_symbol: 'NOSUCH' }, { more: 1 }]) {
    const answer = await create(client, rest);
    expect([answer.status, rest]).toEqual([400, rest]);
    expect(answer.body).toMatchObject({ data: null, meta: null });
  }
  for (const exchange of ['LSE', 'XETRA'])
    await client.post('instruments', { symbol: 'TWICE', exchange, name: 'Twice', assetClass: 'stock', currency: 'EUR' });
  expect((await create(client, { stock_symbol: 'TWICE' })).code).toBe('ambiguous_symbol');
});

test('unread notifications are listed until they are marked as read', async () => {
  const user = await app.user('dora');
  const client = app.as(user);
  // Signing in may have been told of.
  await client.post(`${NOTIFICATIONS}mark_read/`, {});
  const before = (await client.get(NOTIFICATIONS)).as<{ data: object[] }>().data.length;
  const ids = [1, 2, 3].map((number) => newId(app.clock.now() + number));
  const rows = ids.map((id, at) => ({
    id,
    user_id: user.id,
    kind: 'alert',
    severity: 'info',
    title: `AAPL is above ${at}`,
    body: 'It rose.',
    dedupe_key: id,
    shown: true,
    created_at: new Date(app.clock.now() + at),
  }));
  await app.db.insertInto('notifications').values(rows).execute();
  await app.db
    .insertInto('notification_heads')
    .values({ user_id: user.id, unread: 3 })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ unread: 3 }))
    .execute();
  const unread = async () =>
    (await client.get(`${NOTIFICATIONS}unread/?page_size=2`)).as<{ data: { id: string }[]; meta: { next: string } }>();
  const page = await unread();
  expect(page.data).toMatchObject([
    { id: ids[2], notification_type: 'ALERT', title: 'AAPL is above 2', message: 'It rose.', is_read: false, read_at: null },
    { id: ids[1] },
  ]);
  expect((await client.get(page.meta.next)).body).toMatchObject({ data: [{ id: ids[0] }], meta: { next: null } });
  expect((await client.post(`${NOTIFICATIONS}mark_read/`, { ids: [ids[2]] })).body).toMatchObject({ data: { unread: 2 } });
  expect((await unread()).data.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
  expect((await client.post(`${NOTIFICATIONS}mark_read/`, {})).body).toMatchObject({ data: { unread: 0 } });
  expect((await unread()).data).toEqual([]);
  expect((await client.get(NOTIFICATIONS)).as<{ data: object[] }>().data).toHaveLength(before + 3);
  expect((await client.get(`${NOTIFICATIONS}?cursor=forged`)).status).toBe(400);
  expect((await app.anonymous.get(`${NOTIFICATIONS}unread/`)).status).toBe(401);
});
