/** A zip written part after part, each as its bytes come. */
import { Zip, ZipDeflate } from 'fflate';
import type { Sink } from './sink.ts';

export interface PackagePart {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

export interface PackageFile {
  add(path: string, text: string): Promise<void>;
  /** One part at a time. */
  begin(path: string): Promise<PackagePart>;
  end(): Promise<void>;
}

/** Packing harder costs more time than it saves bytes. */
const LEVEL = 4;
/** The zip format knows no earlier time. */
const EARLIEST_MS = Date.UTC(1981, 0, 1);

export function openPackage(sink: Sink, modifiedAt: number): PackageFile {
  const encoder = new TextEncoder();
  let packed: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    packed.push(bytes);
  });
  const drain = async (): Promise<void> => {
    const ready = packed;
    packed = [];
    for (const bytes of ready) await sink.write(bytes);
  };
  const begin = async (path: string): Promise<PackagePart> => {
    const part = new ZipDeflate(path, { level: LEVEL });
    part.mtime = Math.max(modifiedAt, EARLIEST_MS);
    zip.add(part);
    return {
      async write(text) {
        part.push(encoder.encode(text));
        await drain();
      },
      async end() {
        part.push(new Uint8Array(0), true);
        await drain();
      },
    };
  };
  return {
    begin,
    async add(path, text) {
      const part = await begin(path);
      await part.write(text);
      await part.end();
    },
    async end() {
      zip.end();
      await drain();
    },
  };
}
