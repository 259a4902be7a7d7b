import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { Route } from '@holdfast/contract';
import { AppError } from '../../platform/http/index.ts';
import type { Ask } from '../../platform/http/index.ts';

export interface ReceivedArchive {
  readonly path: string;
  readonly byteCount: number;
}

const MEBIBYTE = 1_048_576;
const MOST_BYTES = 512 * MEBIBYTE;

/** Writes the file of a form to this path. Throws with nothing left there when the form is none or too large. */
export async function receiveArchive(
  request: Pick<Ask<Route>['request'], 'isMultipart' | 'parts'>,
  path: string,
): Promise<ReceivedArchive> {
  if (!request.isMultipart()) throw new AppError('unsupported_media_type', 'Send multipart/form-data with the zip in the field `file`.');
  let byteCount = 0;
  let isThere = false;
  try {
    for await (const part of request.parts({ limits: { fileSize: MOST_BYTES, files: 1, fields: 1, parts: 2 } })) {
      if (part.type !== 'file' || part.fieldname !== 'file')
        throw new AppError('unknown_field', `The form has the field ${JSON.stringify(part.fieldname.slice(0, 40))}; it takes file.`);
      isThere = true;
      part.file.on('data', (bytes: Buffer) => (byteCount += bytes.length));
      await pipeline(part.file, createWriteStream(path, { mode: 0o600 }));
      if (part.file.truncated)
        throw new AppError(
          'too_large',
          'The zip has more than 512 MiB. Export again without the largest documents, and upload those by hand.',
        );
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  if (!isThere)
    throw new AppError('invalid_value', 'The form has no file. Send it in the field `file`.', {
      errors: [{ path: 'file', message: 'is required' }],
    });
  return { path, byteCount };
}
