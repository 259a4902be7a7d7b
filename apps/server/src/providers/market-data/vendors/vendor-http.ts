import type { Static, TSchema } from 'typebox';
import { Check } from 'typebox/value';
import { ProviderError } from '../provider-error.ts';
import type { ProviderFault } from '../provider-error.ts';
import { parseExactJson } from './exact-json.ts';

export interface VendorAddress {
  /** The provider's name, for errors. */
  readonly name: string;
  /** Without a closing slash. */
  readonly baseUrl: string;
  /** The key as its vendor wants it, part of every query. */
  readonly secret: Readonly<Record<string, string>>;
  /** An answer must be whole within this time. */
  readonly timeoutMs: number;
}

export interface VendorCall<Schema extends TSchema> {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** What a good answer looks like, numbers being texts. */
  readonly schema: Schema;
  /** Looks for what the vendor says instead of an answer, with a good status too. Throws ProviderError. */
  readonly complaint?: (body: unknown, status: number) => void;
  /** Statuses that mean "I do not know that", answered null. */
  readonly unknownAt?: readonly number[];
}

/** One year of minutes is far below this. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Asks a vendor one question. The answer is bounded in time and size, comes from the address itself, and has the shape it must have. */
export async function askVendor<Schema extends TSchema>(
  address: VendorAddress,
  { path, query, schema, complaint, unknownAt = [] }: VendorCall<Schema>,
): Promise<Static<Schema> | null> {
  const { status, headers, text } = await fetchText(address, `${path}?${new URLSearchParams({ ...query, ...address.secret }).toString()}`);
  const fail = (fault: ProviderFault, message: string, retryAfterMs?: number | null): ProviderError =>
    new ProviderError(address.name, fault, { message: `${path} ${message}`, retryAfterMs: retryAfterMs ?? null });
  if (status >= 300 && status < 400) throw fail('redirected', `answered ${status}, a redirection, which is not followed.`);
  if (unknownAt.includes(status)) return null;
  if (status === 429) throw fail('throttled', 'answered 429: too many requests.', retryAfter(headers.get('retry-after')));
  const body = parsed(text);
  if (body !== undefined) complaint?.(body, status);
  if (status === 401 || status === 402 || status === 403)
    throw fail('refused', `answered ${status}: the key or its plan does not allow it.`);
  if (status >= 500) throw fail('server_error', `answered ${status}.`);
  if (status !== 200) throw fail('malformed', `answered ${status}, which is not expected.`);
  if (body === undefined) throw fail('malformed', 'answered 200 with a body that is no JSON.');
  if (!Check(schema, body)) throw fail('malformed', 'answered 200 with a body of another shape.');
  return body;
}

async function fetchText(address: VendorAddress, pathAndQuery: string) {
  const { name, baseUrl, timeoutMs } = address;
  try {
    const response = await fetch(`${baseUrl}${pathAndQuery}`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json', 'user-agent': 'Holdfast' },
    });
    return { status: response.status, headers: response.headers, text: await boundedText(name, response) };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    // The cause may hold the address and with it the key: only its code is repeated.
    if (error instanceof Error && error.name === 'TimeoutError')
      throw new ProviderError(name, 'timeout', { message: `did not answer within ${timeoutMs} ms.` });
    throw new ProviderError(name, 'unreachable', { message: `could not be reached (${codeOf(error)}).` });
  }
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no connection';
}

async function boundedText(name: string, response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  // Leaving the loop early cancels the rest of the body.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new ProviderError(name, 'too_large', { message: `answered more than ${MOST_BYTES} bytes.` });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

function retryAfter(header: string | null): number | null {
  return header !== null && /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : null;
}
