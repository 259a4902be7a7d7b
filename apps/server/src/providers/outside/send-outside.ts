/**
 * Requests to addresses that users name: webhooks and push services. Nothing of ours may be reached this way, so every address that the
 * name stands for must be public, the connection goes to the very address that was checked, and redirects are not followed.
 */
import { lookup } from 'node:dns/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress } from './address.ts';

export interface OutsideRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** What the receiver answered. Its body does not matter to anybody. */
export interface OutsideAnswer {
  readonly status: number;
}

export interface Outside {
  /** Posts once. Throws OutsideRefused where the address is not allowed, and what the network throws. */
  post(request: OutsideRequest): Promise<OutsideAnswer>;
  /** Why an address can never be posted to, as far as it shows without asking anybody; null where it may be. */
  faultOf(url: string): string | null;
}

export interface OutsideOptions {
  /** Hosts, with a port or without, that may be reached whatever their address is. A leading dot takes all names below, `*` all. */
  readonly allowHosts: readonly string[];
  /** All addresses that a name stands for. */
  readonly resolve?: (hostname: string) => Promise<readonly string[]>;
  readonly timeoutMs?: number;
}

export class OutsideRefused extends Error {
  override readonly name = 'OutsideRefused';
}

const TIMEOUT_MS = 15_000;

export function createOutside({ allowHosts, resolve = resolveAll, timeoutMs = TIMEOUT_MS }: OutsideOptions): Outside {
  const isAllowed = hostRule(allowHosts);
  const faultOf = (text: string): string | null => {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return 'The address must begin with https://.';
    if (url.username !== '' || url.password !== '') return 'The address must not contain a user name or a password.';
    if (isAllowed(url)) return null;
    if (url.protocol === 'http:') return 'The address must begin with https://.';
    const host = bareHost(url);
    if (isIP(host) !== 0 ? !isPublicAddress(host) : /(^|\.)(localhost|local|internal|home\.arpa)$/.test(host.replace(/\.$/, '')))
      return `${url.host} is no public address. Webhooks and push go to public addresses only.`;
    return null;
  };
  return {
    faultOf,
    async post(request) {
      const fault = faultOf(request.url);
      if (fault !== null) throw new OutsideRefused(fault);
      const url = new URL(request.url);
      const address = await addressFor(url, { resolve, isAllowed });
      return exchange(url, address, { ...request, timeoutMs });
    },
  };
}

/** The one address that is connected to. A literal one is checked like any other. */
async function addressFor(
  url: URL,
  { resolve, isAllowed }: { readonly resolve: (hostname: string) => Promise<readonly string[]>; readonly isAllowed: (url: URL) => boolean },
): Promise<string> {
  const host = bareHost(url);
  const addresses = isIP(host) === 0 ? await resolve(host) : [host];
  const [first] = addresses;
  if (first === undefined) throw new OutsideRefused(`${host} has no address.`);
  if (!isAllowed(url) && !addresses.every(isPublicAddress))
    throw new OutsideRefused(`${host} leads to an address that is not public. Webhooks and push go to public addresses only.`);
  return first;
}

function exchange(
  url: URL,
  address: string,
  { headers, body, timeoutMs }: OutsideRequest & { readonly timeoutMs: number },
): Promise<OutsideAnswer> {
  return new Promise((resolve, reject) => {
    const host = bareHost(url);
    const options = {
      host: address,
      port: url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number.parseInt(url.port, 10),
      path: `${url.pathname}${url.search}`,
      method: 'POST',
      headers: { ...headers, host: url.host, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
      // The certificate must be that of the name, though the connection goes to an address.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
    } as const;
    const onAnswer = (answer: IncomingMessage): void => {
      const { statusCode: status = 0 } = answer;
      // Nobody reads what it says, and it may say much.
      answer.destroy();
      resolve({ status });
    };
    const request = url.protocol === 'https:' ? httpsRequest(options, onAnswer) : httpRequest(options, onAnswer);
    request.on('error', (error) => {
      const isLate = error.name === 'TimeoutError' || error.name === 'AbortError';
      reject(isLate ? new Error(`No answer within ${timeoutMs / 1_000} s.`) : error);
    });
    request.end(body);
  });
}

async function resolveAll(hostname: string): Promise<readonly string[]> {
  return (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

function hostRule(hosts: readonly string[]): (url: URL) => boolean {
  const [exact, below] = [new Set(hosts), hosts.filter((host) => host.startsWith('.'))];
  if (exact.has('*')) return () => true;
  return ({ hostname, host }) =>
    exact.has(hostname) ||
    exact.has(host) ||
    exact.has(hostname.replace(/^\[|\]$/g, '')) ||
    below.some((end) => hostname.endsWith(end) || `.${hostname}` === end);
}
