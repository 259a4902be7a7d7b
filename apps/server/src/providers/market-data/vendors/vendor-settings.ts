import type { Clock } from '../../../platform/clock.ts';
import type { Quota } from '../market-data.ts';
import type { VendorAddress } from './vendor-http.ts';

/** What any vendor's adapter is opened with. */
export interface VendorSettings {
  readonly clock: Clock;
  /** Empty for a vendor that wants none. */
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  /** What the key's plan allows. */
  readonly quotas: readonly Quota[];
}

export function vendorAddress(
  name: string,
  { baseUrl, timeoutMs }: Pick<VendorSettings, 'baseUrl' | 'timeoutMs'>,
  secret: Readonly<Record<string, string>>,
): VendorAddress {
  return { name, baseUrl: baseUrl.replace(/\/+$/, ''), timeoutMs, secret };
}
