/** One or two letters for a name: "Ada Lovelace" is AL, "ada@example.org" is A. */
export function initialsOf(name: string): string {
  const words =
    name
      .split('@')[0]
      ?.split(/[\s._-]+/)
      .filter((word) => word !== '') ?? [];
  const letters = name.includes('@') ? words.slice(0, 1) : [...words.slice(0, 1), ...words.slice(1).slice(-1)];
  return letters.map((word) => [...word][0]?.toUpperCase() ?? '').join('');
}
