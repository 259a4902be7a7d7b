import type { ClientFrame, ServerFrame } from '@holdfast/contract/stream';

export type { ClientFrame, ServerFrame };

/** One thing that happened on a channel. Sequences rise by one on fact channels and only rise on state channels. */
export type StreamEvent = (ServerFrame & { readonly type: 'events' })['events'][number];

/** Text that is no frame is null: a client that met one would rather reconnect than guess. */
export function readFrame(text: string): ServerFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return null;
  return value as ServerFrame;
}

/**
 * Orders, notifications and imports are facts: their sequence has no holes and every event counts.
 * Quotes, bars and portfolio values are state: the latest wins, and holes are the server saving work.
 */
export function isFactChannel(channel: string): boolean {
  return channel === 'notifications' || channel.startsWith('orders:') || channel.startsWith('imports:');
}
