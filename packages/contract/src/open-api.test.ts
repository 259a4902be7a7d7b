import type { TSchema } from 'typebox';
import { Errors } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { allRoutes } from './all-routes.ts';
import { createOpenApi, errorsOf } from './open-api.ts';
import { ERRORS } from './error-codes.ts';
import type { ErrorCode } from './error-codes.ts';
import { problemExample } from './open-api-errors.ts';
import type { Route } from './route.ts';
import { Problem } from './shapes.ts';

const faults = (schema: TSchema, value: unknown) =>
  [...Errors(schema, value)].map(({ instancePath, message }) => `${instancePath} ${message}`);

describe.each(allRoutes.map((route) => [route.name, route] as const))('%s', (_name, route: Route) => {
  test('is described as it is called', () => {
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    expect(Object.keys(route.params?.properties ?? {}).sort()).toEqual(inPath.sort());
    expect(route.path).toMatch(/^\/[a-zA-Z0-9/{}._-]*[^/]$/);
    expect(Object.keys(route.answers).length).toBeGreaterThan(0);
    expect(route.summary).toMatch(/\.$/);
    expect(new Set(route.errors).size).toBe(route.errors.length);
  });

  test('has examples of what it takes and gives, and they fit', () => {
    const { example } = route;
    if (route.params !== undefined) expect(faults(route.params, example.params)).toEqual([]);
    if (route.query !== undefined) expect(faults(route.query, example.query ?? {})).toEqual([]);
    if (route.body !== undefined && route.upload === undefined) {
      expect(example.body).toBeDefined();
      expect(faults(route.body, example.body)).toEqual([]);
    }
    for (const schema of Object.values(route.answers)) {
      if (schema === null || (route.produces !== undefined && route.produces !== 'application/json')) continue;
      expect(example.answer).toBeDefined();
      expect(faults(schema, example.answer)).toEqual([]);
    }
  });
});

test.each(Object.keys(ERRORS) as ErrorCode[])('the example of %s fits', (code) => {
  expect(faults(Problem, problemExample(code))).toEqual([]);
});

test('names and addresses are unique', () => {
  expect(new Set(allRoutes.map(({ name }) => name)).size).toBe(allRoutes.length);
  expect(new Set(allRoutes.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)).size).toBe(allRoutes.length);
});

test('the document has every operation with every status and error code', () => {
  type Operation = { operationId: string; responses: Record<string, { content?: Record<string, { examples?: object }> }> };
  const document = createOpenApi(allRoutes, { version: '1.2.3' }) as unknown as { paths: Record<string, Record<string, Operation>> };
  for (const route of allRoutes) {
    const operation = document.paths[route.path]?.[route.method.toLowerCase()];
    expect(operation?.operationId).toBe(route.name);
    const documented = Object.values(operation?.responses ?? {}).flatMap(({ content = {} }) =>
      Object.values(content).flatMap(({ examples = {} }) => Object.keys(examples)),
    );
    expect(errorsOf(route).filter((code) => !documented.includes(code))).toEqual([]);
    for (const status of Object.keys(route.answers)) expect(Object.keys(operation?.responses ?? {})).toContain(status);
  }
  // Nothing of TypeBox or of JavaScript is left in it.
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
