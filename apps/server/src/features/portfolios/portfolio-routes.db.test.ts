import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
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

interface Portfolio {
  readonly id: string;
  readonly name: string;
  readonly cash: readonly { readonly currency: string; readonly balance: string }[];
  readonly settings: object | null;
  readonly epoch: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly archivedAt: string | null;
}

interface Listed {
  readonly items: readonly Portfolio[];
  readonly nextCursor: string | null;
}

const AT = '2026-01-05T15:30:00.000Z';
const buy = (more: object = {}) => ({ symbol: 'SHARE', side: 'buy', type: 'market', quantity: '1', ...more });
const rest = buy({ type: 'limit', limitPrice: '5', timeInForce: 'gtc' });
const RULES = {
  ...{ fillModel: 'instant', fillChancePercent: 50, fillSeed: 1, slippageBasisPoints: 0, tradingHours: 'always', creditLimit: '0' },
  fees: { fixed: '0', basisPoints: 0, minimum: '0' },
};
const get = async (id: string) => (await trader.client.get(`portfolios/${id}`)).as<Portfolio>();

describe('opening', () => {
  test('with nothing but a name and a kind: paper begins with 100,000, tracked with nothing', async () => {
    const common = {
      description: '',
      cashMode: 'full',
      baseCurrency: 'USD',
      timeZone: 'UTC',
      costMethod: 'average',
      isDefault: false,
      epoch: 1,
    };
    const instants = { createdAt: AT, updatedAt: AT, archivedAt: null };
    const paper = await trader.client.post('portfolios', { name: ' Practice ', kind: 'paper' });
    expect([paper.status, paper.body]).toEqual([
      201,
      {
        id: paper.as<Portfolio>().id,
        name: 'Practice',
        kind: 'paper',
        settings: RULES,
        cash: [{ currency: 'USD', balance: '100000', reserved: '0', available: '100000' }],
        ...common,
        ...instants,
      },
    ]);
    expect(await get(paper.as<Portfolio>().id)).toEqual(paper.body);
    const tracked = await trader.client.post('portfolios', { name: 'Mine', kind: 'tracked' });
    expect(tracked.body).toMatchObject({
      ...{ kind: 'tracked', settings: null, ...common, ...instants },
      cash: [{ currency: 'USD', balance: '0', reserved: '0', available: '0' }],
    });
  });

  test('with everything said, as it was said', async () => {
    const said = {
      name: 'All said',
      description: 'With “quotes”, ümlauts, 株 and 🐻',
      kind: 'paper',
      cashMode: 'full',
      baseCurrency: 'JPY',
      timeZone: 'Asia/Tokyo',
      costMethod: 'hifo',
      startingCash: '12345678',
      settings: {
        fillModel: 'sizeAware',
        slippageBasisPoints: 1000,
        fees: { fixed: '1.5', basisPoints: 12.25, minimum: '1000000' },
        tradingHours: 'exchange',
      },
    };
    const { startingCash, ...shown } = said;
    const made = await trader.client.post('portfolios', said);
    expect(made.body).toMatchObject({ ...shown, cash: [{ currency: 'JPY', balance: startingCash }] });
    expect(await get(made.as<Portfolio>().id)).toEqual(made.body);
  });

  test('the starting cash is the first deposit', async () => {
    const id = await trader.open({ startingCash: '0.01' });
    const { items } = (await trader.client.get(`portfolios/${id}/transactions`)).as<{ items: object[] }>();
    expect(items).toMatchObject([{ type: 'deposit', amount: '0.01', currency: 'USD', note: 'Starting cash', tradedAt: AT }]);
    const none = await trader.open({ startingCash: '0' });
    expect((await trader.client.get(`portfolios/${none}/transactions`)).as<{ items: object[] }>().items).toEqual([]);
  });

  test('what the user prefers counts where the portfolio says nothing', async () => {
    const user = await app.user('berliner');
    await app.as(user).patch('me', { baseCurrency: 'EUR', timezone: 'Europe/Berlin' });
    const made = await app.as(user).post('portfolios', { name: 'Praxis', kind: 'paper' });
    expect(made.body).toMatchObject({ baseCurrency: 'EUR', timeZone: 'Europe/Berlin', cash: [{ currency: 'EUR', balance: '100000' }] });
    const other = await app.as(user).post('portfolios', { name: 'Elsewhere', kind: 'paper', baseCurrency: 'CHF', timeZone: 'utc' });
    expect(other.body).toMatchObject({ baseCurrency: 'CHF' });
  });

  test('a tracked portfolio may keep its cash by itself, or imply it', async () => {
    const full = await trader.client.post('portfolios', { name: 'Full', kind: 'tracked', startingCash: '50' });
    expect(full.body).toMatchObject({ cashMode: 'full', cash: [{ balance: '50' }] });
    const implied = await trader.client.post('portfolios', { name: 'Implied', kind: 'tracked', cashMode: 'implied' });
    expect(implied.body).toMatchObject({ cashMode: 'implied', cash: [] });
  });

  test('a user keeps at most 200, archived ones included, and 12 that come at once for the last place get one', async () => {
    const user = await app.user('hoarder');
    const client = app.as(user);
    // The default portfolio is there already; 198 more leave one place.
    await app.pool.query(
      `with made as (
        insert into portfolios (id, user_id, name, kind, cash_mode, base_currency, created_at, updated_at)
        select gen_random_uuid(), $1, 'Row', 'tracked', 'full', 'USD', now(), now() from generate_series(1, 198) returning id)
      insert into portfolio_heads (portfolio_id) select id from made`,
      [user.id],
    );
    const answers = await Promise.all(Array.from({ length: 12 }, () => client.post('portfolios', { name: 'Last', kind: 'paper' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'conflict')).toHaveLength(11);
    const made = answers.find(({ status }) => status === 201)?.as<Portfolio>().id ?? '';
    expect((await client.post(`portfolios/${made}/clone`, {})).code).toBe('conflict');
    await client.delete(`portfolios/${made}`);
    expect((await client.post('portfolios', { name: 'One more', kind: 'paper' })).code).toBe('conflict');
  });
});

describe('listing', () => {
  test('oldest first, page by page, by kind; archived ones apart; nobody else’s', async () => {
    const user = await app.user('lister');
    const client = app.as(user);
    const made: string[] = [];
    for (let at = 0; at < 5; at += 1) {
      const kind = at % 2 === 0 ? 'paper' : 'tracked';
      made.push((await client.post('portfolios', { name: `Number ${at}`, kind })).as<Portfolio>().id);
    }
    await client.delete(`portfolios/${made[1] ?? ''}`);
    const names = async (query: string) => (await client.get(`portfolios?${query}`)).as<Listed>().items.map(({ name }) => name);
    expect(await names('')).toEqual(['My portfolio', 'Number 0', 'Number 2', 'Number 3', 'Number 4']);
    expect(await names('kind=paper')).toEqual(['Number 0', 'Number 2', 'Number 4']);
    expect(await names('kind=tracked')).toEqual(['My portfolio', 'Number 3']);
    expect(await names('archived=true')).toEqual(['Number 1']);
    expect(await names('archived=true&kind=paper')).toEqual([]);
    const seen: string[] = [];
    for (let query: string | null = 'limit=2'; query !== null;) {
      const { items, nextCursor }: Listed = (await client.get(`portfolios?${query}`)).as<Listed>();
      seen.push(...items.map(({ name }) => name));
      query = nextCursor === null ? null : `limit=2&cursor=${nextCursor}`;
    }
    expect(seen).toEqual(await names(''));
    const mine = (await trader.client.get('portfolios?limit=500')).as<Listed>().items.map(({ id }) => id);
    expect(made.filter((id) => mine.includes(id))).toEqual([]);
  });

  test.each(['limit=0', 'limit=501', 'limit=2.5', 'limit=all', 'kind=real', 'archived=maybe', 'cursor=x', 'cursor=WyJvcmRlcnMiLCJ4Il0'])(
    'refuses %s',
    async (query) => {
      expect((await trader.client.get(`portfolios?${query}`)).code).toBe('invalid_value');
    },
  );
});

describe('changing', () => {
  test('what is given, and nothing else; fields of the settings one by one', async () => {
    const id = await trader.open({ settings: { slippageBasisPoints: 5, fees: { fixed: '1', minimum: '2' } } });
    const before = await get(id);
    app.clock.advance(1);
    const changed = await trader.client.patch(`portfolios/${id}`, { name: ' Other ', settings: { fees: { fixed: '1.25' } } });
    const settings = { ...RULES, slippageBasisPoints: 5, fees: { fixed: '1.25', basisPoints: 0, minimum: '2' } };
    expect(changed.body).toEqual({ ...before, name: 'Other', settings, updatedAt: '2026-01-05T15:30:00.001Z' });
    await trader.client.patch(`portfolios/${id}`, { description: 'Said', timeZone: 'Europe/Paris' });
    await trader.client.patch(`portfolios/${id}`, { settings: { tradingHours: 'exchange', fillModel: 'sizeAware' } });
    expect(await get(id)).toMatchObject({
      name: 'Other',
      description: 'Said',
      timeZone: 'Europe/Paris',
      settings: { ...settings, tradingHours: 'exchange', fillModel: 'sizeAware' },
    });
    expect((await trader.client.patch(`portfolios/${id}`, { description: '' })).body).toMatchObject({ description: '', name: 'Other' });
    app.clock.advance(-1);
  });

  test('twelve changes of different fields at once all stay', async () => {
    const id = await trader.open();
    const changes = [
      { settings: { slippageBasisPoints: 7 } },
      { settings: { fees: { fixed: '1' } } },
      { settings: { fees: { basisPoints: 2.5 } } },
      { settings: { fees: { minimum: '3' } } },
      { settings: { fillModel: 'sizeAware' } },
      { settings: { tradingHours: 'exchange' } },
    ];
    await Promise.all(changes.map((change) => trader.client.patch(`portfolios/${id}`, change)));
    expect((await get(id)).settings).toEqual({
      ...RULES,
      fillModel: 'sizeAware',
      slippageBasisPoints: 7,
      fees: { fixed: '1', basisPoints: 2.5, minimum: '3' },
      tradingHours: 'exchange',
    });
  });

  test('a tracked portfolio has no trading rules', async () => {
    const id = (await trader.client.post('portfolios', { name: 'Mine', kind: 'tracked' })).as<Portfolio>().id;
    expect((await trader.client.patch(`portfolios/${id}`, { settings: {} })).code).toBe('portfolio_kind');
    expect((await trader.client.patch(`portfolios/${id}`, { name: 'Still mine' })).body).toMatchObject({
      name: 'Still mine',
      settings: null,
    });
  });

  test('a paper portfolio keeps the cost method that it was opened with', async () => {
    const id = await trader.open({ costMethod: 'fifo' });
    expect((await trader.client.patch(`portfolios/${id}`, { costMethod: 'lifo' })).code).toBe('portfolio_kind');
    expect(await get(id)).toMatchObject({ costMethod: 'fifo' });
  });

  test('the rules count from the next order on', async () => {
    const id = await trader.open();
    await trader.place(id, buy());
    await trader.client.patch(`portfolios/${id}`, { settings: { fees: { fixed: '2' } } });
    expect((await trader.place(id, buy())).body).toMatchObject({ fees: '2' });
    expect(await trader.cash(id)).toMatchObject({ balance: '978' }); // 1,000 - 10 - 12
  });
});

describe('archiving', () => {
  test('cancels what is open, leaves the lists, takes no orders or cash, can be read, and can be undone', async () => {
    const id = await trader.open();
    await trader.place(id, buy({ quantity: '2' }));
    await trader.place(id, rest);
    const answer = await trader.client.delete(`portfolios/${id}`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    const archived = await get(id);
    expect([archived.archivedAt, archived.cash]).toEqual([AT, [{ currency: 'USD', balance: '980', reserved: '0', available: '980' }]]);
    expect((await trader.orders(id)).map(({ status }) => status)).toEqual(['canceled', 'filled']);
    expect(await trader.holdings(id)).toEqual({ SHARE: '2' });
    expect((await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '1' })).code).toBe('portfolio_archived');
    expect((await trader.client.post(`portfolios/${id}/reset`, {})).code).toBe('portfolio_archived');
    const back = await trader.client.patch(`portfolios/${id}`, { archived: false });
    expect(back.body).toEqual({ ...archived, archivedAt: null });
    expect((await trader.place(id, buy({ side: 'sell', quantity: '2' }))).status).toBe(201);
  });

  test('a second time changes nothing', async () => {
    const id = await trader.open();
    await trader.client.delete(`portfolios/${id}`);
    app.clock.advance(1_000);
    expect((await trader.client.delete(`portfolios/${id}`)).status).toBe(204);
    expect((await trader.client.patch(`portfolios/${id}`, { archived: true })).status).toBe(200);
    app.clock.advance(-1_000);
    expect((await get(id)).archivedAt).toBe(AT);
  });

  test('is not for the default portfolio', async () => {
    const { items } = (await trader.client.get('portfolios?limit=1')).as<Listed>();
    const id = items[0]?.id ?? '';
    expect((await trader.client.delete(`portfolios/${id}`)).code).toBe('conflict');
    expect((await trader.client.patch(`portfolios/${id}`, { archived: true })).code).toBe('conflict');
    expect((await trader.client.patch(`portfolios/${id}`, { archived: false, name: 'Main' })).body).toMatchObject({
      name: 'Main',
      isDefault: true,
    });
  });

  test.each(['archiving', 'patching', 'resetting'] as const)('%s waits for an order that slips in, and then refuses', async (how) => {
    const id = await trader.open();
    const asked = await whileAnotherPlaces(id, () =>
      how === 'archiving'
        ? trader.client.delete(`portfolios/${id}`)
        : how === 'patching'
          ? trader.client.patch(`portfolios/${id}`, { archived: true })
          : trader.client.post(`portfolios/${id}/reset`, {}),
    );
    expect(asked.code).toBe('conflict');
    expect(await get(id)).toMatchObject({ archivedAt: null, epoch: 1 });
    // Tried again, it cancels that one too.
    expect((await trader.client.delete(`portfolios/${id}`)).status).toBe(204);
    expect((await trader.orders(id)).map(({ status }) => status)).toEqual(['canceled']);
  });
});

describe('cloning', () => {
  test('the rules and the free cash, under a new name and with a history of its own', async () => {
    const id = await trader.open({ name: 'Source', description: 'About', costMethod: 'fifo', settings: { fees: { fixed: '1' } } });
    await trader.place(id, buy({ quantity: '10' }));
    await trader.place(id, { ...rest, quantity: '20' });
    const source = await get(id);
    const clone = await trader.client.post(`portfolios/${id}/clone`, {});
    // 1,000 - 10 x 10 - 1, and 20 x 5 + 1 held back.
    expect([clone.status, clone.body]).toEqual([
      201,
      {
        ...source,
        id: clone.as<Portfolio>().id,
        name: 'Source (copy)',
        cash: [{ currency: 'USD', balance: '798', reserved: '0', available: '798' }],
      },
    ]);
    expect(await trader.holdings(clone.as<Portfolio>().id)).toEqual({});
    expect((await trader.client.post(`portfolios/${id}/clone`, { name: 'Named' })).body).toMatchObject({ name: 'Named' });
    expect(await get(id)).toEqual(source);
  });

  test('a long name is cut to fit', async () => {
    const id = await trader.open({ name: 'x'.repeat(100) });
    expect((await trader.client.post(`portfolios/${id}/clone`, {})).as<Portfolio>().name).toHaveLength(100);
  });

  test('cash with fractions of a cent held back: whole cents go over', async () => {
    const id = await trader.open({ settings: { fillModel: 'sizeAware' } });
    trader.quote({ bid: '3.33', ask: '3.33', askSize: '1.7' });
    // 3 shares hold back 9.99; a third part and a little leaves a reservation that is no whole number of cents.
    await trader.place(id, buy({ type: 'limit', quantity: '3', limitPrice: '3.30' }));
    trader.quote({ bid: '3.30', ask: '3.30', askSize: '1.1234567' });
    const [order] = await trader.orders(id);
    await app.app.trading.desk.submit({ kind: 'trigger', portfolioId: id, by: null, orderId: order?.id ?? '', seen: null });
    const { available } = await trader.cash(id);
    expect(available).toMatch(/\.\d{3,}$/);
    const clone = await trader.client.post(`portfolios/${id}/clone`, {});
    expect([clone.status, clone.as<Portfolio>().cash[0]?.balance]).toEqual([201, available.slice(0, available.indexOf('.') + 3)]);
    trader.quote('10');
  });

  test('more cash than a new portfolio may begin with: as much as it may', async () => {
    const id = await trader.open({ startingCash: '1000000000000' });
    await trader.client.post(`portfolios/${id}/cash`, { type: 'deposit', amount: '5' });
    expect((await trader.client.post(`portfolios/${id}/clone`, {})).body).toMatchObject({ cash: [{ balance: '1000000000000' }] });
  });

  test('is for paper portfolios', async () => {
    const id = (await trader.client.post('portfolios', { name: 'Mine', kind: 'tracked' })).as<Portfolio>().id;
    expect((await trader.client.post(`portfolios/${id}/clone`, {})).code).toBe('portfolio_kind');
  });
});

test('nobody else sees, changes or empties a portfolio, and an id of nothing is the same answer', async () => {
  const stranger = app.as(await app.user('stranger'));
  const id = await trader.open();
  const before = await get(id);
  for (const [client, asked] of [
    [stranger, id],
    [trader.client, newId(app.clock.now())],
  ] as const) {
    const url = `portfolios/${asked}`;
    const answers = [
      client.get(url),
      client.get(`${url}/summary`),
      client.patch(url, { name: 'Taken' }),
      client.delete(url),
      client.post(`${url}/reset`, {}),
      client.post(`${url}/clone`, {}),
      client.post(`${url}/cash`, { type: 'withdrawal', amount: '1' }),
    ];
    expect((await Promise.all(answers)).map(({ code }) => code)).toEqual(answers.map(() => 'not_found'));
  }
  expect(await get(id)).toEqual(before);
  expect((await trader.client.get('portfolios/1')).code).toBe('invalid_value');
});

/**
 * Asks while another server is in the middle of placing an order: it holds the portfolio, so what is asked finds nothing open, waits
 * for its turn, and meets the order then.
 */
async function whileAnotherPlaces<Answer>(id: string, ask: () => Promise<Answer>): Promise<Answer> {
  const client = await app.pool.connect();
  try {
    await client.query('begin');
    await client.query('select 1 from portfolio_heads where portfolio_id = $1 for update', [id]);
    const asked = ask();
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
    while ((await app.pool.query(waiting)).rowCount === 0);
    await client.query('update portfolio_heads set version = version + 1, event_sequence = event_sequence + 1 where portfolio_id = $1', [
      id,
    ]);
    await client.query(
      `insert into orders (portfolio_id, id, epoch, user_id, instrument_key, side, type, time_in_force, quantity, limit_price, status, created_at, updated_at)
       select $1, $2, 1, $3, key, 'buy', 'limit', 'gtc', 1, 5, 'accepted', now(), now() from instruments where symbol = 'SHARE'`,
      [id, newId(app.clock.now()), trader.user.id],
    );
    await client.query('commit');
    return await asked;
  } finally {
    client.release();
  }
}
