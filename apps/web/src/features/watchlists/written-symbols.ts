/** The symbols somebody wrote or pasted, in capitals, each once: separated by commas, semicolons, spaces or lines. */
export function writtenSymbols(text: string): readonly string[] {
  const words = text
    .toUpperCase()
    .split(/[\s,;]+/)
    .filter((word) => /^[A-Z0-9^][A-Z0-9.^=_&-]{0,31}$/.test(word));
  return [...new Set(words)];
}
