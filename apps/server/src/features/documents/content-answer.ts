import type { Readable } from 'node:stream';
import { Answer } from '../../platform/http/index.ts';
import type { FilePart } from './content-range.ts';
import type { KeptFile } from './file-store.ts';
import { canPreview } from './media-type.ts';

export interface ContentShown {
  readonly file: KeptFile;
  readonly part: FilePart;
  readonly tag: string;
  readonly isPreview: boolean;
}

/** With no script, no form and no origin of its own: as if it came from nowhere. */
const SEALED = "default-src 'none'; img-src 'self'; sandbox; base-uri 'none'; form-action 'none'";
/**
 * A browser's PDF viewer refuses to work inside a sandbox. It runs the file in a process of its own, away from this origin, so the rest of
 * the policy is enough.
 */
const SEALED_PDF = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** Saved as a file unless it is looked at; never taken for another type than the one that its content was found to be. */
export function contentAnswer(body: Readable, { file, part, tag, isPreview }: ContentShown): Answer {
  const inline = isPreview && canPreview(file.mediaType);
  const isPdf = file.mediaType === 'application/pdf';
  return new Answer(part.isPart ? 206 : 200, body, {
    'content-type': file.mediaType,
    'content-length': String(part.to - part.from + 1),
    'content-disposition': `${inline ? 'inline' : 'attachment'}; ${fileNameOf(file.fileName)}`,
    'accept-ranges': 'bytes',
    etag: tag,
    'last-modified': file.createdAt.toUTCString(),
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': `${inline && isPdf ? SEALED_PDF : SEALED}; frame-ancestors ${inline ? "'self'" : "'none'"}`,
    'x-frame-options': inline ? 'SAMEORIGIN' : 'DENY',
    ...(part.isPart ? { 'content-range': `bytes ${part.from}-${part.to}/${file.byteCount}` } : {}),
  });
}

/** For old clients in plain letters, for others as it is (RFC 6266). */
function fileNameOf(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `filename="${plain}"; filename*=UTF-8''${exact}`;
}
