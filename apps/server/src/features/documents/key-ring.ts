import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { deriveKey } from '../../platform/derive-key.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

export interface WrappedKey {
  /** Which key of the server it is encrypted with. */
  readonly keyId: string;
  readonly wrapped: Buffer;
}

/** Keys of the server that keys of files are encrypted with. Another server key means encrypting those anew, never the files. */
export interface KeyRing {
  readonly presentId: string;
  /** A new key for a file, and the same as it is kept. */
  make(fileName: string): WrappedKey & { readonly key: Buffer };
  /** Null where the server does not have the key it was encrypted with. */
  open(fileName: string, kept: WrappedKey): Buffer | null;
  wrap(fileName: string, key: Buffer): WrappedKey;
}

/** The first secret is the present one; the others only open what was kept before. */
export function createKeyRing(secrets: readonly string[]): KeyRing {
  const keys = new Map(
    secrets.map((secret) => [deriveKey(secret, 'document-key-id/v1').subarray(0, 8).toString('hex'), deriveKey(secret, 'document-key/v1')]),
  );
  const [presentId, presentKey] = [...keys][0] ?? [];
  if (presentId === undefined || presentKey === undefined) throw new Error('Documents need a key.');
  const wrap = (fileName: string, key: Buffer): WrappedKey => ({ keyId: presentId, wrapped: seal(presentKey, { key, fileName }) });
  return {
    presentId,
    make(fileName) {
      const key = randomBytes(KEY_BYTES);
      return { key, ...wrap(fileName, key) };
    },
    open(fileName, { keyId, wrapped }) {
      const key = keys.get(keyId);
      return key === undefined ? null : unseal(key, { wrapped, fileName });
    },
    wrap,
  };
}

/** The file's name is sealed in, so that the key of one file cannot be put in the row of another. */
function seal(by: Buffer, { key, fileName }: { readonly key: Buffer; readonly fileName: string }): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', by, nonce).setAAD(Buffer.from(fileName));
  return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
}

function unseal(by: Buffer, { wrapped, fileName }: { readonly wrapped: Buffer; readonly fileName: string }): Buffer {
  const nonce = wrapped.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', by, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(fileName));
  decipher.setAuthTag(wrapped.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(wrapped.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
}
