/** Sends text, packed where it is long and the caller takes it so. Packing is done off the event loop. */
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply } from 'fastify';

/** Below this the saving is less than what it costs both ends. */
const WORTH_PACKING = 1_000;
/** Brotli's best takes fifty times as long as this for a tenth less. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } };
/** From here on the reader waits for the packing more than for the way: the quick kind takes a third of the time, for a twentieth more. */
const LONG = 100_000;
const QUICK_BROTLI = { params: { ...BROTLI.params, [constants.BROTLI_PARAM_QUALITY]: 1 } };
const QUICK_GZIP = { level: constants.Z_BEST_SPEED };

type Packing = 'br' | 'gzip';

/** Answers the reply while it is still being packed, so that a handler can hand it on; nothing once it is sent. */
export function sendText(reply: FastifyReply, text: string): FastifyReply | undefined {
  const packing = text.length < WORTH_PACKING ? null : packingFor(reply.request.headers['accept-encoding']);
  if (packing === null) {
    void reply.send(text);
    return undefined;
  }
  const sendPacked = (error: Error | null, packed: Buffer): void => {
    // Meanwhile the deadline may have answered.
    if (reply.sent) return;
    if (error !== null) void reply.send(text);
    else void reply.header('content-encoding', packing).header('vary', 'accept-encoding').send(packed);
  };
  const isLong = text.length >= LONG;
  if (packing === 'br') brotliCompress(text, isLong ? QUICK_BROTLI : BROTLI, sendPacked);
  else gzip(text, isLong ? QUICK_GZIP : {}, sendPacked);
  return reply;
}

/** The better of the two packings that the header names and does not refuse by `q=0`. */
export function packingFor(accepted: string | string[] | undefined): Packing | null {
  if (accepted === undefined) return null;
  const named = new Set<string>();
  for (const part of String(accepted).toLowerCase().split(',')) {
    const [name = '', weight = ''] = part.split(';', 2);
    if (!/^\s*q\s*=\s*0(\.0*)?\s*$/.test(weight)) named.add(name.trim());
  }
  if (named.has('br')) return 'br';
  return named.has('gzip') || named.has('*') ? 'gzip' : null;
}
