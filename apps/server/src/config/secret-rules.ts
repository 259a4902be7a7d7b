import { randomBytes } from 'node:crypto';

/** What documents and examples print where a secret belongs. */
const placeholders = [
  /<[^>]*>/,
  /^\$\{.*\}$/,
  /your[_ -]?(super|secret|strong|api|external|key|password|token|jwt|random|own|alpha|stock|finnhub|twelve)/i,
  /change[_ -]?(me|this|it)/i,
  /replace[_ -]?(me|this|with)/i,
  /^(secret|password|passw0rd|default|example|placeholder|insecure|todo|none|null|undefined|test|dev|development|admin)[_-]?(key|secret)?$/i,
  /(my|super|very)[_ -]?secret/i,
  /^django-insecure-/i,
];

/** Whether this is an example's stand-in, such as "YOUR_API_KEY", "changeme" or "<DB_PASSWORD>", and no secret. */
export function isPlaceholder(value: string): boolean {
  return placeholders.some((pattern) => pattern.test(value));
}

/** What keeps a secret from being used in production, as the end of the sentence "write …", or null when it may be used. */
export function secretFault(value: string, minimumLength: number): string | null {
  if (isPlaceholder(value)) return 'a secret of your own instead of the example';
  if (value.length < minimumLength) return `at least ${String(minimumLength)} characters`;
  // "aaaa…" and "abababab…" are long and yet guessed at once.
  if (new Set(value).size < Math.min(8, minimumLength / 2)) return 'more different characters';
  return null;
}

/** A new secret: 256 random bits as 43 characters that need no quotes anywhere. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}
