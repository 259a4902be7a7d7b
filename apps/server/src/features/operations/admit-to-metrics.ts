import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../platform/http/index.ts';
import type { Caller } from '../../platform/http/index.ts';

export interface MetricsAsker {
  readonly caller: Caller | null;
  readonly authorization: string | undefined;
  /** The other end of the connection itself, which no header can claim. */
  readonly address: string | undefined;
  /** Whether a proxy passed the request on: then the address says nothing about who asks. */
  readonly forwarded: boolean;
}

/** Figures tell how busy a server is and what it is doing, so they are for those who run it. Throws what the asker is refused with. */
export function admitToMetrics(token: string | null, asker: MetricsAsker): void {
  if (asker.caller?.role === 'admin') return;
  if (token !== null && asker.authorization !== undefined && sameText(asker.authorization, `Bearer ${token}`)) return;
  if (!asker.forwarded && isLoopback(asker.address)) return;
  if (asker.caller !== null) throw new AppError('forbidden', 'Only an administrator may read the metrics.');
  throw new AppError('unauthenticated', 'Metrics are for this machine: send METRICS_TOKEN as bearer token from elsewhere.');
}

/** Compared as hashes, so that neither content nor length shows in the time it takes. */
function sameText(one: string, other: string): boolean {
  return timingSafeEqual(createHash('sha256').update(one).digest(), createHash('sha256').update(other).digest());
}

function isLoopback(address: string | undefined): boolean {
  if (address === undefined) return false;
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}
