import { DOCUMENT_MEDIA_TYPES } from '@holdfast/contract/documents';
import type { DocumentMediaType } from '@holdfast/contract/documents';
import { fileTypeFromBuffer } from 'file-type';

/** So much of a file's beginning is looked at. The parts of an office file that say what it is may lie behind others. */
export const HEAD_BYTES = 65_536;

/** The endings that a type's files have; the first is given where none fits. */
const ENDINGS: Readonly<Record<DocumentMediaType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'image/tiff': ['tif', 'tiff'],
  'image/heic': ['heic', 'heif'],
  'text/plain': ['txt', 'text', 'log', 'md'],
  'text/csv': ['csv', 'tsv'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.oasis.opendocument.text': ['odt'],
  'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
};

/** What a browser shows without running anything of it. */
const SHOWN: readonly DocumentMediaType[] = [
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'text/plain',
  'text/csv',
];

export function canPreview(type: DocumentMediaType): boolean {
  return SHOWN.includes(type);
}

/** What the beginning of a file says it is; null for what is not taken. The name only tells CSV from other text. */
export async function detectMediaType(head: Buffer, fileName: string): Promise<DocumentMediaType | null> {
  const found = await fileTypeFromBuffer(head).catch(() => undefined);
  if (found !== undefined) return DOCUMENT_MEDIA_TYPES.find((type) => type === found.mime && !type.startsWith('text/')) ?? null;
  if (!isPlainText(head)) return null;
  return ENDINGS['text/csv'].includes(endingOf(fileName)) ? 'text/csv' : 'text/plain';
}

/**
 * Without control characters, in whatever alphabet; nothing that a browser may take for a page, and no program text by its first line. A
 * byte order mark of UTF-16 is let through by none of these, since every second byte would be 0.
 */
function isPlainText(head: Buffer): boolean {
  if (head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12)) return false;
  const begins = head
    .subarray(0, 1_024)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  return begins !== '' && !begins.startsWith('<') && !begins.startsWith('#!') && !begins.startsWith('%!');
}

/** A name to save the file under: its last part, without what disturbs a screen, ending in what the file is. */
export function plainFileName(given: string, type: DocumentMediaType): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
    .slice(0, 180);
  const name = plain === '' ? 'document' : plain;
  return ENDINGS[type].includes(endingOf(name)) ? name : `${name}.${ENDINGS[type][0] ?? 'bin'}`;
}

function endingOf(name: string): string {
  return /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
}
