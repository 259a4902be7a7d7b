/** Kinds of notifications whose sentences tell how much somebody owns. */
const TELLING: ReadonlySet<string> = new Set(['fill', 'refusal', 'dividend', 'margin', 'alert']);

/** A sentence of the server as it may be shown: with its figures out of the page while amounts are hidden. */
export function hideAmounts(sentence: string, { kind, hidden }: { readonly kind: string; readonly hidden: boolean }): string {
  return hidden && TELLING.has(kind) ? sentence.replace(/\d+(?:[.,\u00a0\u202f’']\d+)*/g, '•••') : sentence;
}
