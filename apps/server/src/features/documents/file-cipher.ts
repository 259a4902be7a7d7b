/**
 * AES-256-GCM over pieces of 64 KiB, each with its own tag, so that a file is encrypted and decrypted as it passes and any part of it can
 * be read without the rest. The key is the file's own, so a piece's number is nonce enough; the last piece is marked, so that a file
 * that was cut short does not pass for whole (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const PIECE = 65_536;
const TAG = 16;

/** What a file of so many bytes takes in the storage. */
export function storedSize(byteCount: number): number {
  return byteCount + Math.ceil(byteCount / PIECE) * TAG;
}

export async function* encryptFile(plain: AsyncIterable<Buffer>, key: Buffer): AsyncIterable<Buffer> {
  let number = 0;
  let held: Buffer | null = null;
  for await (const piece of inPieces(plain)) {
    if (held !== null) yield encryptPiece(held, { key, number: number++, isLast: false });
    held = piece;
  }
  if (held !== null) yield encryptPiece(held, { key, number, isLast: true });
}

export interface PartAsked {
  readonly key: Buffer;
  readonly byteCount: number;
  /** Of the plain file, both included. */
  readonly from: number;
  readonly to: number;
}

/** Which bytes of the stored file hold a part of the plain one. */
export function storedSpan({ byteCount, from, to }: Omit<PartAsked, 'key'>): { readonly from: number; readonly to: number } {
  const [first, last] = [Math.floor(from / PIECE), Math.floor(to / PIECE)];
  return { from: first * (PIECE + TAG), to: Math.min(storedSize(byteCount), (last + 1) * (PIECE + TAG)) - 1 };
}

/** The part, from the stored bytes of `storedSpan`. Throws when a byte of them is not what was stored. */
export async function* decryptPart(stored: AsyncIterable<Buffer>, { key, byteCount, from, to }: PartAsked): AsyncIterable<Buffer> {
  const lastOfFile = Math.floor((byteCount - 1) / PIECE);
  let number = Math.floor(from / PIECE);
  for await (const piece of inPieces(stored, PIECE + TAG)) {
    const plain = decryptPiece(piece, { key, number, isLast: number === lastOfFile });
    const start = number * PIECE;
    yield plain.subarray(Math.max(0, from - start), Math.min(plain.length, to - start + 1));
    number += 1;
  }
  if (number !== Math.floor(to / PIECE) + 1) throw new Error('The stored file is shorter than it should be.');
}

interface PieceOf {
  readonly key: Buffer;
  readonly number: number;
  readonly isLast: boolean;
}

function nonceOf({ number, isLast }: PieceOf): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 0);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

function encryptPiece(plain: Buffer, piece: PieceOf): Buffer {
  const cipher = createCipheriv('aes-256-gcm', piece.key, nonceOf(piece));
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decryptPiece(stored: Buffer, piece: PieceOf): Buffer {
  if (stored.length <= TAG) throw new Error('The stored file is shorter than it should be.');
  const decipher = createDecipheriv('aes-256-gcm', piece.key, nonceOf(piece), { authTagLength: TAG });
  decipher.setAuthTag(stored.subarray(-TAG));
  return Buffer.concat([decipher.update(stored.subarray(0, -TAG)), decipher.final()]);
}

/** The same bytes, cut anew: all pieces of one size but the last. */
async function* inPieces(bytes: AsyncIterable<Buffer>, size = PIECE): AsyncIterable<Buffer> {
  let waiting: Buffer[] = [];
  let length = 0;
  for await (const part of bytes) {
    waiting.push(part);
    length += part.length;
    if (length < size) continue;
    const joined = Buffer.concat(waiting, length);
    let at = 0;
    for (; length - at >= size; at += size) yield joined.subarray(at, at + size);
    waiting = [joined.subarray(at)];
    length -= at;
  }
  if (length > 0) yield Buffer.concat(waiting, length);
}
