/** An instant as seed 002 prints it: UTC without a zone, whole seconds. */
export function naiveUtc(instant: number): string {
  return new Date(instant).toISOString().slice(0, 19);
}
