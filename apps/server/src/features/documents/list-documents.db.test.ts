import type { Document } from '@holdfast/contract/documents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { TestUser } from '../../testing/builders.ts';
import { multipartForm } from '../../testing/multipart-form.ts';

let app: TestApp;
let ada: TestUser;
let portfolioId: string;
beforeAll(async () => {
  app = await startTestApp();
  ada = await app.user('ada');
  portfolioId = (await app.as(ada).post('portfolios', { name: 'P', kind: 'tracked', baseCurrency: 'EUR' })).as<{ id: string }>().id;
  // name, kind, year, bytes, note
  for (const [name, kind, taxYear, length, note] of [
    ['a', 'tax', '2023', 30, 'Depot 100% sicher'],
    ['b', 'tax', '2024', 10, ''],
    ['c', 'certificate', '', 20, 'Certificate of the bank'],
    ['d', 'other', '2024', 20, 'under_score'],
  ] as const) {
    app.clock.advance(1_000);
    const fields = { name, kind, taxYear, note, ...(name === 'b' ? { portfolioId } : {}) };
    await app.as(ada).post('documents', undefined, multipartForm({ name: `${name}-file.txt`, content: 'x'.repeat(length) }, fields));
  }
  const eve = await app.user('eve');
  await app.as(eve).post('documents', undefined, multipartForm({ name: 'a.txt', content: 'not yours' }));
});
afterAll(async () => {
  await app.close();
});

const names = async (query: string) => {
  const answer = await app.as(ada).get(`documents${query.replace('PORTFOLIO', portfolioId)}`);
  return (
    answer.code ??
    answer
      .as<{ items: Document[] }>()
      .items.map(({ name }) => name)
      .join('')
  );
};

test.each([
  ['', 'dcba'],
  ['?sort=createdAt', 'abcd'],
  ['?sort=name', 'abcd'],
  ['?sort=-name', 'dcba'],
  // 10, then 20 twice in the order of their ids, then 30.
  ['?sort=byteCount', 'bcda'],
  ['?sort=-byteCount', 'adcb'],
  ['?sort=taxYear', 'cabd'],
  ['?sort=-taxYear', 'dbac'],
  ['?kind=tax', 'ba'],
  ['?taxYear=2024', 'db'],
  ['?portfolioId=PORTFOLIO', 'b'],
  ['?search=CERTIFICATE', 'c'],
  ['?search=file%20b-', 'b'],
  ['?search=100%25', 'a'],
  ['?search=_', 'd'],
  ['?search=nothing', ''],
  ['?sort=price', 'invalid_value'],
  ['?cursor=made-up', 'invalid_value'],
])('documents%s: %s', async (query, expected) => {
  expect(await names(query)).toBe(expected);
});

test.each(['-createdAt', 'createdAt', 'name', '-name', 'byteCount', '-byteCount', 'taxYear', '-taxYear'])(
  'pages by %s have every document once, in one order',
  async (sort) => {
    const whole = await names(`?sort=${sort}`);
    let seen = '';
    let cursor: string | null = null;
    do {
      const query = `?sort=${sort}&limit=1${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: { items: Document[]; nextCursor: string | null } = (await app.as(ada).get(`documents${query}`)).as();
      seen += page.items.map(({ name }) => name).join('');
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toBe(whole);
  },
);

test('a cursor of one order is none of another', async () => {
  const { nextCursor } = (await app.as(ada).get('documents?sort=name&limit=1')).as<{ nextCursor: string }>();
  expect(await names(`?sort=-name&cursor=${encodeURIComponent(nextCursor)}`)).toBe('invalid_value');
});

test('usage counts all of it, and says what may be', async () => {
  expect((await app.as(ada).get('documents/usage')).body).toMatchObject({
    documents: 4,
    byteCount: 80,
    quotaBytes: 1_073_741_824,
    mostBytes: 26_214_400,
    mostDocuments: 2_000,
    taxYears: [2024, 2023],
  });
});
