import { describe, expect, test } from 'vitest';
import { allRoutes } from '../../packages/contract/src/index.ts';
import { insomniaExport } from './insomnia.ts';
import { postmanCollection } from './postman.ts';

const sent = allRoutes.filter((route) => route.answers[101] === undefined);

interface Resource {
  readonly _id: string;
  readonly _type: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly url?: string;
  readonly parameters?: readonly { readonly name: string; readonly disabled: boolean; readonly value: string }[];
  readonly body?: {
    readonly mimeType?: string;
    readonly text?: string;
    readonly params?: readonly { readonly name: string; readonly type?: string }[];
  };
  readonly authentication?: { readonly type?: string };
}

describe('Insomnia', () => {
  const { resources } = insomniaExport(allRoutes) as { readonly resources: readonly Resource[] };
  const requests = resources.filter(({ _type: type }) => type === 'request');
  const request = (name: string) => requests.find(({ _id: id }) => id === `req_${name}`);

  test('is the collection that was asked for, with every route once, each in a folder that exists', () => {
    expect(resources[0]).toMatchObject({ _type: 'workspace', name: 'stock_market_analysis_v1', parentId: null });
    expect(requests.map(({ _id: id }) => id).sort()).toEqual(sent.map(({ name }) => `req_${name}`).sort());
    const ids = new Set(resources.map(({ _id: id }) => id));
    expect(ids.size).toBe(resources.length);
    expect(resources.filter(({ parentId }) => parentId !== null && !ids.has(parentId))).toEqual([]);
  });

  test('an address has the example’s ids in it, and no hole', () => {
    expect(request('getPortfolio')?.url).toMatch(/^\{\{ _\.base_url \}\}\/api\/v1\/portfolios\/[0-9a-f-]{36}$/);
    expect(requests.filter(({ url = '' }) => /\/\{\w|\/\/|\/$/.test(url.replace('{{ _.base_url }}', ''))).map(({ url }) => url)).toEqual(
      [],
    );
  });

  test('a body is the example, a form has its file, and only public routes go without a token', () => {
    expect(JSON.parse(request('login')?.body?.text ?? '')).toEqual(allRoutes.find(({ name }) => name === 'login')?.example.body);
    expect(request('uploadDocument')?.body?.params?.find(({ name }) => name === 'file')).toMatchObject({ type: 'file' });
    expect([request('login')?.authentication, request('getMe')?.authentication?.type]).toEqual([{}, 'bearer']);
    expect(request('listDocuments')?.parameters?.find(({ name }) => name === 'kind')).toMatchObject({ value: 'tax', disabled: false });
    expect(request('listDocuments')?.parameters?.find(({ name }) => name === 'search')).toMatchObject({ value: '', disabled: true });
  });
});

interface Item {
  readonly name: string;
  readonly event?: readonly { readonly listen: string }[];
  readonly request: {
    readonly method: string;
    readonly url: {
      readonly raw: string;
      readonly path: readonly string[];
      readonly variable: readonly { readonly key: string; readonly value: string }[];
    };
  };
}

test('Postman: every route once, ids as variables with the example’s values, and signing in keeps the token', () => {
  const collection = postmanCollection(allRoutes, { version: '1.2.3' }) as { readonly item: readonly { readonly item: readonly Item[] }[] };
  const items = collection.item.flatMap(({ item }) => item);
  const asked = (each: Item) => `${each.request.method} /${each.request.url.path.join('/').replace(/:(\w+)/g, '{$1}')}`;
  expect(items.map(asked).sort()).toEqual(sent.map(({ method, path }) => `${method} ${path}`).sort());
  const one = items.find((each) => asked(each) === 'GET /api/v1/documents/{id}');
  expect(one?.request.url.variable).toMatchObject([{ key: 'id', value: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }]);
  const keeping = items.filter(({ event }) => event?.some(({ listen }) => listen === 'test'));
  expect(keeping.map(asked).sort()).toEqual(['POST /api/v1/auth/login', 'POST /api/v1/auth/register']);
});
