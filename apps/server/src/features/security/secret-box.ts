import { createHash } from 'node:crypto';
import { deriveKey } from '../../platform/derive-key.ts';
import { createSeal } from '../../platform/seal.ts';

/** Seals secrets under a key made from SECRET_KEY, and says under which, so that one sealed under another key is told from a damaged one. */
export interface SecretBox {
  readonly keyId: string;
  seal(text: string): Buffer;
  /** Null for what was sealed under another key. Throws for what was changed. */
  open(sealed: { readonly keyId: string; readonly bytes: Buffer }): string | null;
}

export function createSecretBox(secretKey: string, purpose: `${string}/v${number}`): SecretBox {
  const key = deriveKey(secretKey, purpose);
  const keyId = createHash('sha256').update('key id').update(key).digest('hex').slice(0, 12);
  const { seal, open } = createSeal(key);
  return { keyId, seal, open: (sealed) => (sealed.keyId === keyId ? open(sealed.bytes) : null) };
}
