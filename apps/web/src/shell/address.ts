/** What the part of an address behind the question mark may hold. Anybody can write anything there: only what has a meaning is kept. */
export type AddressValues = Readonly<Record<string, unknown>>;

type Kept<Shape> = { [Name in keyof Shape]?: Exclude<Shape[Name], undefined> };

/** Leaves out what is not said, so that addresses stay short. */
export function readAddress<Shape extends Record<string, string | number | boolean | undefined>>(shape: Shape): Kept<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Kept<Shape>;
}

/** Text of at most 200 characters. Figures arrive as numbers, since the router reads them so. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, 200) : undefined;
}

/** A page of a list, counted from 1. */
export function page(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 1_000_000 ? value : undefined;
}

export function word<const Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((known) => known === value);
}

export function year(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1900 && value <= 2200 ? value : undefined;
}
