/** A Postman collection, schema 2.1. */
import type { Route } from '../../packages/contract/src/index.ts';
import { byTopic, requestsOf } from './request-parts.ts';
import type { RequestParts } from './request-parts.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
/** Signing in keeps the token for all other requests. */
const KEEPS_TOKEN = ['login', 'register'];

export function postmanCollection(routes: readonly Route[], { version }: { readonly version: string }): object {
  return {
    info: { name: 'Holdfast', description: `Version ${version}. Sign in first: the token is kept for the other requests.`, schema: SCHEMA },
    auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}', type: 'string' }] },
    variable: [
      { key: 'base_url', value: 'http://localhost:8000' },
      { key: 'token', value: '' },
    ],
    item: [...byTopic(requestsOf(routes))].map(([name, requests]) => ({ name, item: requests.map(itemOf) })),
  };
}

function itemOf(request: RequestParts): object {
  const { route, needsToken, description } = request;
  return {
    name: route.summary,
    ...(KEEPS_TOKEN.includes(route.name)
      ? {
          event: [
            {
              listen: 'test',
              script: { type: 'text/javascript', exec: ["pm.collectionVariables.set('token', pm.response.json().accessToken);"] },
            },
          ],
        }
      : {}),
    request: {
      method: route.method,
      description,
      ...(needsToken ? {} : { auth: { type: 'noauth' } }),
      header: request.json === null ? [] : [{ key: 'Content-Type', value: 'application/json' }],
      url: urlOf(request),
      ...bodyOf(request),
    },
  };
}

function urlOf({ route, params, query }: RequestParts): object {
  const path = route.path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  const used = query.filter(({ isUsed }) => isUsed).map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  return {
    raw: `{{base_url}}/${path}${used.length === 0 ? '' : `?${used.join('&')}`}`,
    host: ['{{base_url}}'],
    path: path.split('/'),
    variable: params.map(({ name, value, description }) => ({ key: name, value, description })),
    query: query.map(({ name, value, description, isUsed }) => ({ key: name, value, description, disabled: !isUsed })),
  };
}

function bodyOf({ json, form }: RequestParts): object {
  if (json !== null) return { body: { mode: 'raw', raw: json, options: { raw: { language: 'json' } } } };
  if (form.length === 0) return {};
  return {
    body: {
      mode: 'formdata',
      formdata: form.map(({ name, value, description, isUsed, isFile }) => ({
        key: name,
        type: isFile ? 'file' : 'text',
        ...(isFile ? { src: [] } : { value }),
        description,
        disabled: !isUsed,
      })),
    },
  };
}
