import { expect, test } from 'vitest';
import { allRoutes } from './all-routes.ts';

test('every route that is not for everybody says which scope an API key needs', () => {
  const silent = allRoutes.filter(({ access, scope }) => access !== 'public' && scope === undefined);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('what only administrators may do needs the scope of administrators', () => {
  const lax = allRoutes.filter(({ access, scope }) => access === 'admin' && scope !== 'admin' && scope !== 'session');
  expect(lax.map(({ name }) => name)).toEqual([]);
});

test('no key changes how its owner signs in, or makes another key', () => {
  const guarded = [
    '/api/v1/me/password',
    '/api/v1/me/email',
    '/api/v1/me/mfa',
    '/api/v1/me/passkeys',
    '/api/v1/me/sessions',
    '/api/v1/me/api-keys',
  ];
  const reachable = allRoutes.filter(({ path, scope }) => guarded.some((start) => path.startsWith(start)) && scope !== 'session');
  expect(reachable.map(({ name }) => name)).toEqual([]);
});

test('only reading needs no more than read', () => {
  const changing = allRoutes.filter(
    ({ method, scope }) => (method === 'PUT' || method === 'PATCH' || method === 'DELETE') && scope === 'read',
  );
  expect(changing.map(({ name }) => name)).toEqual([]);
});
