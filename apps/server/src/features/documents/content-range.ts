/** One part of a file, as RFC 9110 section 14 lets a client ask for it. */
import { AppError } from '../../platform/http/index.ts';

export interface FilePart {
  readonly from: number;
  readonly to: number;
  /** False for the whole file, which is answered as if nothing had been asked. */
  readonly isPart: boolean;
}

export interface RangeAsked {
  readonly range: string | undefined;
  /** The tag of the file that the client has the beginning of; another one means all of it. */
  readonly ifRange: string | undefined;
  readonly tag: string;
}

/** Several parts at once, and units other than bytes, are answered by the whole file, as the standard allows. */
export function partOf(byteCount: number, { range, ifRange, tag }: RangeAsked): FilePart {
  const whole = { from: 0, to: byteCount - 1, isPart: false };
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return whole;
  if (ifRange !== undefined && ifRange !== tag) return whole;
  if (first === '') {
    const length = Math.min(Number(last), byteCount);
    if (length === 0) throw unsatisfiable(byteCount);
    return { from: byteCount - length, to: byteCount - 1, isPart: true };
  }
  const from = Number(first);
  const to = last === '' ? byteCount - 1 : Math.min(Number(last), byteCount - 1);
  if (last !== '' && Number(last) < from) return whole;
  if (from >= byteCount) throw unsatisfiable(byteCount);
  return { from, to, isPart: true };
}

function unsatisfiable(byteCount: number): AppError {
  return new AppError('range_not_satisfiable', `The file has ${byteCount} bytes, and the part begins after its end.`);
}
