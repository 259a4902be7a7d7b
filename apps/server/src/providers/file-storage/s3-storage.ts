import type { Readable } from 'node:stream';
import type * as Library from '@aws-sdk/client-s3';
import { assertFileName, FileMissing, isFileName } from './file-storage.ts';
import type { FileStorage, StoredFile } from './file-storage.ts';

export interface S3Options {
  readonly bucket: string;
  /** Stands before every name; everything below it is ours. */
  readonly prefix: string;
  readonly region: string;
  /** Null: Amazon's own. */
  readonly endpoint: string | null;
  /** Null: from the surroundings, as Amazon's own tools find them. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  readonly pathStyle: boolean;
}

/** The store takes no smaller part than 5 MiB but the last; one part of each upload is in memory. */
const PART_BYTES = 8 * 1024 * 1024;

/** Any store that speaks S3. The library is loaded on first use: most servers never need it. */
export function openS3Storage(options: S3Options): FileStorage {
  let opening: Promise<Opened> | null = null;
  let client: Library.S3Client | null = null;
  const opened = (): Promise<Opened> => (opening ??= open(options).then((made) => ({ ...made, client: (client = made.client) })));
  const at = (name: string) => {
    assertFileName(name);
    return { Bucket: options.bucket, Key: options.prefix + name };
  };
  return {
    kind: 's3',
    async write(name, bytes) {
      await writeParts(await opened(), at(name), bytes);
    },
    async read(name, { from, to }) {
      const { client: s3, library } = await opened();
      try {
        const answer = await s3.send(new library.GetObjectCommand({ ...at(name), Range: `bytes=${from}-${to}` }));
        if (answer.Body === undefined) throw new FileMissing(name);
        return answer.Body as Readable;
      } catch (error) {
        if (isMissing(error)) throw new FileMissing(name);
        throw error;
      }
    },
    async size(name) {
      const { client: s3, library } = await opened();
      try {
        return (await s3.send(new library.HeadObjectCommand(at(name)))).ContentLength ?? null;
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async remove(name) {
      const { client: s3, library } = await opened();
      await s3.send(new library.DeleteObjectCommand(at(name)));
      await abortUploads(await opened(), at(name));
    },
    list: () => listAll(opened, options),
    close: () => client?.destroy(),
  };
}

interface Opened {
  readonly client: Library.S3Client;
  readonly library: typeof Library;
}

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

async function open({ region, endpoint, credentials, pathStyle }: S3Options): Promise<Opened> {
  const library = await import('@aws-sdk/client-s3');
  const client = new library.S3Client({
    region,
    forcePathStyle: pathStyle,
    // Stores other than Amazon's do not all know the newer checksums; ours is kept in the database.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === null ? {} : { endpoint }),
    // A copy: the library writes into what it is given, and settings are frozen.
    ...(credentials === null ? {} : { credentials: { ...credentials } }),
  });
  return { client, library };
}

async function writeParts({ client, library }: Opened, place: Place, bytes: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  let uploadId: string | null = null;
  const parts: { readonly PartNumber: number; readonly ETag: string | undefined }[] = [];
  const sendPart = async (body: Buffer): Promise<void> => {
    uploadId ??= (await client.send(new library.CreateMultipartUploadCommand(place))).UploadId ?? '';
    const number = parts.length + 1;
    const part = await client.send(new library.UploadPartCommand({ ...place, UploadId: uploadId, PartNumber: number, Body: body }));
    parts.push({ PartNumber: number, ETag: part.ETag });
  };
  try {
    let waiting: Buffer[] = [];
    let size = 0;
    for await (const piece of bytes) {
      waiting.push(piece);
      size += piece.length;
      if (size < PART_BYTES) continue;
      await sendPart(Buffer.concat(waiting));
      waiting = [];
      size = 0;
    }
    const rest = Buffer.concat(waiting);
    if (uploadId === null) {
      await client.send(new library.PutObjectCommand({ ...place, Body: rest }));
      return;
    }
    if (rest.length > 0) await sendPart(rest);
    await client.send(new library.CompleteMultipartUploadCommand({ ...place, UploadId: uploadId, MultipartUpload: { Parts: parts } }));
  } catch (error) {
    if (uploadId !== null)
      await client.send(new library.AbortMultipartUploadCommand({ ...place, UploadId: uploadId })).catch(() => undefined);
    throw error;
  }
}

/** Parts of uploads that were broken off cost money and are in no list of objects. */
async function abortUploads({ client, library }: Opened, { Bucket, Key }: Place): Promise<void> {
  const { Uploads: uploads = [] } = await client.send(new library.ListMultipartUploadsCommand({ Bucket, Prefix: Key }));
  for (const { Key: key, UploadId } of uploads)
    if (key === Key) await client.send(new library.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
}

async function* listAll(opened: () => Promise<Opened>, { bucket, prefix }: S3Options): AsyncIterable<StoredFile> {
  const { client, library } = await opened();
  const named = (key: string | undefined, at: Date | undefined): readonly StoredFile[] => {
    const name = key?.slice(prefix.length) ?? '';
    return isFileName(name) ? [{ name, at: at?.getTime() ?? 0 }] : [];
  };
  for (let token: string | undefined; ;) {
    const page = await client.send(new library.ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }));
    for (const { Key, LastModified } of page.Contents ?? []) yield* named(Key, LastModified);
    if (page.NextContinuationToken === undefined) break;
    token = page.NextContinuationToken;
  }
  const { Uploads: uploads = [] } = await client.send(new library.ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }));
  for (const { Key, Initiated } of uploads) yield* named(Key, Initiated);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && ['NoSuchKey', 'NotFound'].includes(error.name);
}
