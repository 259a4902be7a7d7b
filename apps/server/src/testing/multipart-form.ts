/** A form with a file, as a browser would send it. */
import { randomBytes } from 'node:crypto';
import type { AskOptions } from './test-client.ts';

export interface FormFile {
  readonly name: string;
  readonly content: Buffer | string;
}

export function multipartForm(file: FormFile | null, fields: Readonly<Record<string, string>> = {}): AskOptions {
  const boundary = `form-${randomBytes(8).toString('hex')}`;
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`),
  );
  if (file !== null) {
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    parts.push(Buffer.concat([Buffer.from(head), Buffer.from(file.content), Buffer.from('\r\n')]));
  }
  return {
    payload: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
