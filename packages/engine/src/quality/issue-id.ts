/**
 * An id made from what an issue is about, so that the same issue has the same id each time: a UUID of version 8 (RFC 9562, free form)
 * over four 32-bit FNV-1a hashes with different offsets. It names, it does not protect: nobody may take it for a secret.
 */
export function issueId(parts: readonly string[]): string {
  const text = JSON.stringify(parts);
  const words = [0x811c9dc5, 0x01234567, 0x89abcdef, 0x5bd1e995].map((offset) => hash(text, offset));
  const digits = words.map((word) => word.toString(16).padStart(8, '0')).join('');
  const variant = '89ab'.charAt(Number.parseInt(digits.charAt(16), 16) % 4);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}

/** FNV-1a over UTF-16 units with a final scramble (MurmurHash3's), so that near texts have far ids. */
function hash(text: string, offset: number): number {
  let value = offset;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
