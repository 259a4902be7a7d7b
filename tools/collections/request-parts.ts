/** What a request of a collection is made of, told by a route and its own example. */
import type { Route } from '../../packages/contract/src/index.ts';

export interface NamedValue {
  readonly name: string;
  readonly value: string;
  /** Whether the example uses it; the others are listed, switched off. */
  readonly isUsed: boolean;
  readonly description: string;
}

export interface FormField extends NamedValue {
  readonly isFile: boolean;
}

export interface RequestParts {
  readonly route: Route;
  readonly params: readonly NamedValue[];
  readonly query: readonly NamedValue[];
  /** JSON text, or null where nothing is sent. */
  readonly json: string | null;
  /** Empty where no form is sent. */
  readonly form: readonly FormField[];
  readonly needsToken: boolean;
  readonly description: string;
}

type Schema = { readonly description?: string; readonly format?: string; readonly properties?: Readonly<Record<string, Schema>> };

/** Every request that a client without sockets can send. */
export function requestsOf(routes: readonly Route[]): readonly RequestParts[] {
  return routes.filter((route) => route.answers[101] === undefined).map(partsOf);
}

function partsOf(route: Route): RequestParts {
  const { example, params, query, body, upload, access, summary, description } = route;
  const isForm = upload === 'multipart';
  return {
    route,
    params: valuesOf(params, example.params),
    query: valuesOf(query, example.query),
    json: isForm || body === undefined ? null : JSON.stringify(example.body ?? {}, null, 2),
    form: isForm ? fieldsOf(body) : [],
    needsToken: access !== 'public',
    description: [summary, description].filter(Boolean).join('\n\n'),
  };
}

function valuesOf(schema: Schema | undefined, example: object | undefined): readonly NamedValue[] {
  const given = new Map(Object.entries(example ?? {}));
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => ({
    name,
    value: textOf(given.get(name)),
    isUsed: given.has(name),
    description: property.description ?? '',
  }));
}

function fieldsOf(schema: Schema | undefined): readonly FormField[] {
  return Object.entries(schema?.properties ?? {}).map(([name, property]) => {
    const isFile = property.format === 'binary';
    return { name, value: '', isUsed: isFile, description: property.description ?? '', isFile };
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

/** By the route's topic, in the order in which topics first come. */
export function byTopic(requests: readonly RequestParts[]): ReadonlyMap<string, readonly RequestParts[]> {
  const topics = new Map<string, RequestParts[]>();
  for (const request of requests) {
    // Older modules write their topic in small letters.
    const name = request.route.tag.replace(/^./, (letter) => letter.toUpperCase());
    topics.set(name, [...(topics.get(name) ?? []), request]);
  }
  return topics;
}
