import { StreamClient, type StreamSocket } from '@holdfast/sdk';
import { api } from '../api/api.ts';
import { mayBeSignedIn } from '../api/session-cookies.ts';

/** The one live connection of this page; it opens when the first panel listens. The session's cookie says who it is. */
export const stream = new StreamClient({
  open: openSocket,
  renew: async () => {
    if (mayBeSignedIn()) await api.accounts.refresh();
  },
});

function openSocket(): StreamSocket {
  const address = new URL('/api/v1/stream', location.href);
  address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(address) as unknown as StreamSocket;
}

addEventListener('online', () => {
  stream.retryNow();
});
