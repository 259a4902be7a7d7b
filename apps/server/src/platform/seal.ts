import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Keeps a short text in the database so that the database alone does not give it away. */
export interface Seal {
  seal(text: string): Buffer;
  /** Throws when the bytes were changed or sealed with another key. */
  open(sealed: Buffer): string;
}

const NONCE = 12;
const TAG = 16;

/** AES-256-GCM (NIST SP 800-38D) with a nonce of its own per text: nonce, tag, then the text. The key has 32 bytes. */
export function createSeal(key: Buffer): Seal {
  return {
    seal(text) {
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE), { authTagLength: TAG });
      decipher.setAuthTag(sealed.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(sealed.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
    },
  };
}
