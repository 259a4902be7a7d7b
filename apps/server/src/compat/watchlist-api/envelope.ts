/** One thing, in this door's envelope. */
export function enveloped<Data>(data: Data) {
  return { data, meta: null, errors: null };
}

/** A page of things. */
export function envelopedPage<Item>(items: readonly Item[], next: string | null = null) {
  return { data: [...items], meta: { next, previous: null, count: items.length }, errors: null };
}
