/** The list with one entry at another place, counted from 0 without it; what is beyond the end is the end. */
export function moved<Entry>(entries: readonly Entry[], entry: Entry, to: number): readonly Entry[] {
  const others = entries.filter((each) => each !== entry);
  return others.toSpliced(to, 0, entry);
}
