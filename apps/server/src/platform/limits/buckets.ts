/** How many requests are allowed; config.ts fills it in. */
export type RateRules = {
  readonly burstPerMinute: number;
  readonly sessionPerMinute: number;
  /** Null is no limit: with PLANS=off. */
  readonly standardPerHour: number | null;
  readonly premiumPerHour: number | null;
};

/** Who asks, as far as limits care. */
export type Asker = {
  readonly ip: string;
  readonly caller: {
    readonly userId: string;
    readonly sessionId: string;
    readonly role: 'standard' | 'premium' | 'admin';
    readonly via: 'bearer' | 'cookie';
  } | null;
  /** Whether the request counts against the hourly quota; orders do not. */
  readonly counts: boolean;
};

export type Bucket = { readonly name: 'burst' | 'session' | 'standard' | 'premium'; readonly limit: number; readonly windowMs: number };

export type Buckets = {
  readonly burst: Bucket;
  readonly session: Bucket;
  readonly standard: Bucket | null;
  readonly premium: Bucket | null;
};

const minuteMs = 60_000;
const hourMs = 3_600_000;

export function bucketsOf(rules: RateRules): Buckets {
  return {
    burst: { name: 'burst', limit: rules.burstPerMinute, windowMs: minuteMs },
    session: { name: 'session', limit: rules.sessionPerMinute, windowMs: minuteMs },
    standard: hourOf('standard', rules.standardPerHour),
    premium: hourOf('premium', rules.premiumPerHour),
  };
}

function hourOf(name: 'standard' | 'premium', limit: number | null): Bucket | null {
  return limit === null ? null : { name, limit, windowMs: hourMs };
}

/** The first of two stacked buckets: the address's minute, or a browser session's own. Administrators have none. */
export function minuteBucket(buckets: Buckets, { caller }: Asker): Bucket | null {
  if (caller === null) return buckets.burst;
  if (caller.role === 'admin') return null;
  return caller.via === 'cookie' ? buckets.session : buckets.burst;
}

/** The second: the hour of a standard or premium user who calls by token or API key. */
export function hourBucket(buckets: Buckets, { caller, counts }: Asker): Bucket | null {
  if (caller === null || caller.role === 'admin' || caller.via === 'cookie' || !counts) return null;
  return buckets[caller.role];
}

/** Whose count it is within a bucket. */
export function bucketKey(bucket: Bucket, { ip, caller }: Asker): string {
  if (bucket.name === 'burst' || caller === null) return networkOf(ip);
  return bucket.name === 'session' ? caller.sessionId : caller.userId;
}

/**
 * What one customer of a network has: the address itself in version 4, the first 64 bits in version 6, where everyone
 * may choose among 2^64 addresses.
 */
export function networkOf(ip: string): string {
  if (!ip.includes(':')) return ip;
  if (ip.startsWith('::ffff:') && ip.includes('.')) return ip.slice(7);
  const [before = '', after] = ip.split('%', 1)[0]?.split('::') ?? [];
  const groups = before === '' ? [] : before.split(':');
  const behind = after === undefined || after === '' ? [] : after.split(':');
  const missing = after === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...Array<string>(Math.max(0, missing)).fill('0'), ...behind]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':');
}
