import { createHoldfastClient, type HoldfastClient } from '@holdfast/sdk';
import { sessionHeaders } from './session-cookies.ts';

/** The server this page came from. An ended access cookie is renewed once by the refresh cookie. */
export const api: HoldfastClient = createHoldfastClient({
  baseUrl: '/api/v1',
  credentials: 'same-origin',
  headers: (request) => sessionHeaders(request.method),
  renew: async () => {
    try {
      await api.accounts.refresh();
      return true;
    } catch {
      return false;
    }
  },
});

/** A key for one effect: made once when the wish is made, sent again with every try. Works without TLS too, where randomUUID does not exist. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
