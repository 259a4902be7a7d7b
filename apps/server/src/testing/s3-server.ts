/**
 * A store on this machine that speaks S3 as far as files need it: objects, ranges, uploads in parts, lists in pages. Every request must be
 * signed (AWS Signature Version 4), so that a client that signs wrongly is seen.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface S3ServerOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Objects to a page of a list. */
  readonly pageSize?: number;
}

export interface S3Server {
  readonly url: string;
  /** `bucket/key` of every object. */
  keys(): readonly string[];
  get(path: string): Buffer | undefined;
  put(path: string, bytes: Buffer): void;
  remove(path: string): void;
  close(): Promise<void>;
}

interface Upload {
  readonly path: string;
  readonly parts: Map<number, Buffer>;
}

interface Store extends S3ServerOptions {
  readonly objects: Map<string, { readonly bytes: Buffer; readonly at: string }>;
  readonly uploads: Map<string, Upload>;
}

interface Asked {
  readonly method: string;
  readonly url: URL;
  /** `bucket/key`. */
  readonly path: string;
  readonly body: Buffer;
  readonly range: string | undefined;
}

interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const store: Store = { ...options, objects: new Map(), uploads: new Map() };
  const server = createServer((request, response) => void answer(store, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    keys: () => [...store.objects.keys()],
    get: (path) => store.objects.get(path)?.bytes,
    put: (path, bytes) => void keep(store, path, bytes),
    remove: (path) => void store.objects.delete(path),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(store: Store, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const body = Buffer.concat(pieces);
  const asked: Asked = {
    method: request.method ?? 'GET',
    url,
    path: decodeURIComponent(url.pathname.slice(1)),
    body,
    range: request.headers.range,
  };
  const reply = isSigned(store, request, asked)
    ? replyTo(store, asked)
    : fault(403, 'SignatureDoesNotMatch', 'The signature does not match.');
  response.writeHead(reply.status, { 'content-type': 'application/xml', ...reply.headers });
  response.end(asked.method === 'HEAD' ? undefined : reply.body);
}

function replyTo(store: Store, asked: Asked): Reply {
  const { method, url, path } = asked;
  const uploadId = url.searchParams.get('uploadId');
  if (method === 'GET' && url.searchParams.has('uploads')) return listUploads(store, asked);
  if (method === 'GET' && url.searchParams.get('list-type') === '2') return listObjects(store, asked);
  if (method === 'POST' && url.searchParams.has('uploads')) {
    const id = randomUUID();
    store.uploads.set(id, { path, parts: new Map() });
    return { status: 200, body: `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>` };
  }
  if (uploadId !== null) return uploadReply(store, asked, uploadId);
  if (method === 'PUT') return { status: 200, headers: { etag: keep(store, path, asked.body) } };
  if (method === 'DELETE') {
    store.objects.delete(path);
    return { status: 204 };
  }
  const found = store.objects.get(path);
  if (found === undefined) return fault(404, 'NoSuchKey', 'There is no such key.');
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(asked.range ?? '') ?? [];
  const part = from === '' ? found.bytes : found.bytes.subarray(Number(from), to === '' ? undefined : Number(to) + 1);
  const headers = { 'content-length': String(part.length), 'content-type': 'application/octet-stream' };
  return { status: from === '' ? 200 : 206, headers, body: part };
}

function uploadReply(store: Store, { method, url, body }: Asked, uploadId: string): Reply {
  const upload = store.uploads.get(uploadId);
  if (upload === undefined) return fault(404, 'NoSuchUpload', 'There is no such upload.');
  if (method === 'DELETE') {
    store.uploads.delete(uploadId);
    return { status: 204 };
  }
  if (method === 'PUT') {
    upload.parts.set(Number(url.searchParams.get('partNumber')), body);
    return { status: 200, headers: { etag: tagOf(body) } };
  }
  const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, bytes]) => bytes);
  if (parts.slice(0, -1).some((bytes) => bytes.length < 5 * 1024 * 1024)) return fault(400, 'EntityTooSmall', 'A part is too small.');
  const named = [...body.toString('utf8').matchAll(/<ETag>(?:&quot;|")?([0-9a-f]{32})/g)].map(([, tag]) => tag);
  if (named.join() !== parts.map((bytes) => tagOf(bytes).slice(1, -1)).join()) return fault(400, 'InvalidPart', 'The parts are others.');
  store.uploads.delete(uploadId);
  const tag = keep(store, upload.path, Buffer.concat(parts));
  return { status: 200, body: `<CompleteMultipartUploadResult><ETag>${tag}</ETag></CompleteMultipartUploadResult>` };
}

function listObjects(store: Store, { url, path }: Asked): Reply {
  const bucket = path.replace(/\/$/, '');
  const before = `${bucket}/${url.searchParams.get('prefix') ?? ''}`;
  const after = url.searchParams.get('continuation-token') ?? '';
  const keys = [...store.objects.keys()].filter((key) => key.startsWith(before) && key > after).sort();
  const shown = keys.slice(0, store.pageSize ?? 1_000);
  const rows = shown.map((key) => {
    const { at, bytes } = store.objects.get(key) ?? { at: '', bytes: Buffer.alloc(0) };
    return `<Contents><Key>${key.slice(bucket.length + 1)}</Key><LastModified>${at}</LastModified><Size>${bytes.length}</Size></Contents>`;
  });
  const more = keys.length > shown.length;
  const next = more ? `<NextContinuationToken>${shown.at(-1) ?? ''}</NextContinuationToken>` : '';
  return { status: 200, body: `<ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${rows.join('')}</ListBucketResult>` };
}

function listUploads(store: Store, { url, path }: Asked): Reply {
  const bucket = path.replace(/\/$/, '');
  const before = `${bucket}/${url.searchParams.get('prefix') ?? ''}`;
  const rows = [...store.uploads].flatMap(([id, upload]) =>
    upload.path.startsWith(before) ? [`<Upload><Key>${upload.path.slice(bucket.length + 1)}</Key><UploadId>${id}</UploadId></Upload>`] : [],
  );
  return { status: 200, body: `<ListMultipartUploadsResult>${rows.join('')}</ListMultipartUploadsResult>` };
}

function keep(store: Store, path: string, bytes: Buffer): string {
  store.objects.set(path, { bytes, at: new Date().toISOString() });
  return tagOf(bytes);
}

function tagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}

function fault(status: number, code: string, message: string): Reply {
  return { status, body: `<Error><Code>${code}</Code><Message>${message}</Message></Error>` };
}

/** Works the signature out anew from what arrived, as the store of the protocol's makers does. */
function isSigned(store: Store, request: IncomingMessage, { method, url, body }: Asked): boolean {
  const pattern =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d+)\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;
  const [, keyId, day = '', region = '', names = '', signature] = pattern.exec(request.headers.authorization ?? '') ?? [];
  if (keyId !== store.accessKeyId) return false;
  const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');
  const declared = String(request.headers['x-amz-content-sha256']);
  if (declared !== 'UNSIGNED-PAYLOAD' && declared !== sha256(body)) return false;
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = names.split(';').map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [method, url.pathname, query, headers.join(''), names, declared].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const step = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();
  const key = [day, region, 's3', 'aws4_request'].reduce<Buffer | string>((made, text) => step(made, text), `AWS4${store.secretAccessKey}`);
  return step(key, toSign).toString('hex') === signature;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
