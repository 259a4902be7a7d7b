import { keyAt } from './noise.ts';
import { joinSpans, splitSpan, type Span } from './span.ts';

/** A session's span and the key its halves are drawn from; `minutes` is how long it is. */
export interface Session {
  readonly span: Span;
  readonly minutes: number;
  readonly key: number;
}

/** One minute, and all minutes of the session before it as one span (null for the first). */
export interface MinuteView {
  readonly before: Span | null;
  readonly minute: Span;
}

/** The way down to one minute: as many halvings as the session's length has binary digits. */
export function minuteAt(session: Session, minute: number): MinuteView {
  let { span } = session;
  let before: Span | null = null;
  let [from, to] = [0, session.minutes];
  while (to - from > 1) {
    const middle = middleOf(from, to);
    const [left, right] = splitSpan(span, nodeKey(session, from, to), (middle - from) / (to - from));
    if (minute < middle) {
      [span, to] = [left, middle];
    } else {
      before = before === null ? left : joinSpans(before, left);
      [span, from] = [right, middle];
    }
  }
  return { before, minute: span };
}

export interface Buckets {
  /** Which bucket a minute falls into; never less than for the minute before. Minutes of an infinite bucket are left out. */
  readonly bucketOf: (minute: number) => number;
  readonly add: (bucket: number, span: Span) => void;
}

/** Hands over the session in order, cut only as finely as the buckets need. */
export function fillBuckets(session: Session, buckets: Buckets): void {
  visit({ session, buckets }, { span: session.span, from: 0, to: session.minutes });
}

interface Node {
  readonly span: Span;
  readonly from: number;
  readonly to: number;
}

function visit(walk: { readonly session: Session; readonly buckets: Buckets }, { span, from, to }: Node): void {
  const { session, buckets } = walk;
  const first = buckets.bucketOf(from);
  if (first === buckets.bucketOf(to - 1)) {
    if (Number.isFinite(first)) buckets.add(first, span);
    return;
  }
  const middle = middleOf(from, to);
  const [left, right] = splitSpan(span, nodeKey(session, from, to), (middle - from) / (to - from));
  visit(walk, { span: left, from, to: middle });
  visit(walk, { span: right, from: middle, to });
}

function middleOf(from: number, to: number): number {
  return (from + to) >> 1;
}

/** Sessions are shorter than 4,096 minutes, so that each node has a number of its own. */
function nodeKey(session: Session, from: number, to: number): number {
  return keyAt(session.key, from * 4096 + to);
}
