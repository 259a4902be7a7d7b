import { Type } from 'typebox';
import type { TSchema } from 'typebox';
import { Closed, Nullable } from '../shapes.ts';

/** Every answer of this door: what was asked for, where a list goes on, and what was wrong. */
export function Envelope<const S extends TSchema>(data: S) {
  return Closed({
    data,
    meta: Nullable(
      Closed({
        next: Nullable(Type.String({ description: 'The address of the next page.' })),
        previous: Nullable(Type.String()),
        count: Type.Integer({ description: 'How many are on this page.' }),
      }),
    ),
    errors: Type.Null(),
  });
}
