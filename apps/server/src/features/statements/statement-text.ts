/** The text of an uploaded file, whatever encoding it came in. */
import { StatementError } from './statement-row.ts';

/** What one statement may be. */
export const STATEMENT_LIMITS = Object.freeze({
  bytes: 16 * 1_048_576,
  rows: 20_000,
  columns: 200,
  cellCharacters: 4_096,
});

/** How files begin that people take for statements, and what to send instead. */
const OTHER_FILES: readonly (readonly [signature: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'is an Excel workbook or a zip archive. Save the sheet as CSV, or unpack the archive, and send that'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an old Excel workbook. Save the sheet as CSV and send that'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF. Brokers offer the same figures as CSV or XML: send that'],
  [[0x1f, 0x8b], 'is packed by gzip. Unpack it first'],
];

/** Throws `StatementError` for what is no text, or too much of it. */
export function decodeStatement(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new StatementError('The file is empty.');
  if (bytes.length > STATEMENT_LIMITS.bytes)
    throw new StatementError(
      `The file has ${bytes.length} bytes; a statement may have ${STATEMENT_LIMITS.bytes}. Export a shorter period.`,
    );
  for (const [signature, what] of OTHER_FILES)
    if (signature.every((byte, at) => bytes[at] === byte)) throw new StatementError(`The file ${what}.`);
  const encoding = encodingOf(bytes);
  const text = withoutMark(encoding === 'windows-1252' ? decodeWindows(bytes) : new TextDecoder(encoding).decode(bytes));
  // Form feed, tab and line ends occur in exports; other control characters do not.
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text))
    throw new StatementError('The file is not text. Send the CSV, XML or JSON export of your broker.');
  if (text.trim() === '') throw new StatementError('The file is empty.');
  return text;
}

/** What Windows-1252 has from 0x80 to 0x9f. Node 20 reads those bytes as Latin-1 whatever its decoder is told (WHATWG Encoding, index-windows-1252). */
const WINDOWS_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u009f]/g, (sign) => WINDOWS_SIGNS[sign.charCodeAt(0) - 0x80] ?? sign);
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  const looked = bytes.subarray(0, 4_096);
  looked.forEach((byte, at) => {
    if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  });
  // Western text in UTF-16 has a zero in nearly every second byte, always the same one of the two.
  const [even = 0, odd = 0] = zeros;
  if (odd > looked.length / 4 && even === 0) return 'utf-16le';
  if (even > looked.length / 4 && odd === 0) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
