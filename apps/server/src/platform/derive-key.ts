import { hkdfSync } from 'node:crypto';

/**
 * A key for one purpose, made from SECRET_KEY by HKDF-SHA-256 (RFC 5869). Keys of different purposes tell nothing about
 * each other or about the secret. The purpose names a version, so that one key can be replaced without the others.
 */
export function deriveKey(secretKey: string, purpose: `${string}/v${number}`): Buffer {
  return Buffer.from(hkdfSync('sha256', secretKey, 'holdfast', purpose, 32));
}
