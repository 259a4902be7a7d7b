/** The small shapes that every part of the wire is built from. */
import { Type } from 'typebox';
import type { Static, TObject, TProperties, TSchema } from 'typebox';

/** An exact value in an answer: plain decimal notation as text, e.g. "1204.10". */
export const Exact = Type.String({ pattern: '^-?\\d{1,20}(\\.\\d{1,18})?$', maxLength: 40, examples: ['1204.10'] });

/**
 * An exact value in a request: a decimal string, or a JSON number of at most 15 significant digits
 * (more cannot have survived parsing; the server refuses those with `invalid_value`).
 */
export const ExactInput = Type.Union([Type.String({ pattern: '^[+-]?\\d{1,20}(\\.\\d{1,18})?$', maxLength: 40 }), Type.Number()]);

export const Id = Type.String({ format: 'uuid', description: 'UUIDv7 text.' });
export const Instant = Type.String({
  format: 'date-time',
  description: 'RFC 3339, UTC, milliseconds.',
  examples: ['2026-01-05T14:30:00.000Z'],
});
export const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', maxLength: 10, description: 'YYYY-MM-DD.', examples: ['2026-01-05'] });
/** A moment in the past, for figures that can be asked as they were. */
export const AsOf = Type.Union([Day, Instant], {
  description:
    'A past day (its end, in the portfolio’s time zone) or instant: only what had happened by then counts, at the closes and exchange rates of that day. Live when left out.',
});
export const Currency = Type.String({ pattern: '^[A-Z]{3,5}$', maxLength: 5, examples: ['USD'] });
export const Symbol = Type.String({ pattern: '^[A-Za-z0-9^][A-Za-z0-9.^=_&-]{0,31}$', maxLength: 32, examples: ['AAPL'] });
export const Email = Type.String({ pattern: '^[^@\\s]{1,64}@[^@\\s]{1,255}$', maxLength: 254, examples: ['user@example.com'] });

/** A closed object: unknown fields are refused with `unknown_field`. */
export function Closed<const P extends TProperties>(properties: P, options: { readonly description?: string } = {}): TObject<P> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

/** `null` when there is nothing to say. */
export function Nullable<const S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

export function OneOf<const Words extends readonly string[]>(words: Words, options: { readonly description?: string } = {}) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], ...options });
}

/** A page of a list: `nextCursor` is null on the last page. */
export function Page<const S extends TSchema>(item: S) {
  return Closed({ items: Type.Array(item), nextCursor: Nullable(Type.String()) });
}

/** Where API.md prints a bare array. */
export function Items<const S extends TSchema>(item: S) {
  return Closed({ items: Type.Array(item) });
}

export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  cursor: Type.Optional(Type.String({ maxLength: 512 })),
} as const;

export const Problem = Closed(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    instance: Type.String(),
    requestId: Type.String(),
    errors: Type.Optional(Type.Array(Closed({ path: Type.String(), message: Type.String() }))),
    needed: Type.Optional(Exact),
    available: Type.Optional(Exact),
    currency: Type.Optional(Currency),
    existingId: Type.Optional(Id),
  },
  {
    description:
      'application/problem+json. `needed` and `available` come with insufficient_cash and insufficient_position, `existingId` with import_exists.',
  },
);
export type Problem = Static<typeof Problem>;
