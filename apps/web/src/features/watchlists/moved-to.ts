/** The list with one entry at another place, counted from 0; what is beyond an end is the end. */
export function movedTo<Entry>(entries: readonly Entry[], entry: Entry, place: number): readonly Entry[] {
  const others = entries.filter((each) => each !== entry);
  return others.toSpliced(Math.max(0, Math.min(place, others.length)), 0, entry);
}
