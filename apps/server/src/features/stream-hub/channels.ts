/** The kinds of channels and what each needs to be opened, read and kept. */
import type { Caller } from '../../platform/http/index.ts';

/** A name taken apart: quotes:AAPL, bars:AAPL:1m, portfolio:<id>. */
export interface ChannelName {
  readonly name: string;
  readonly kind: string;
  readonly rest: string;
}

export function parseChannel(name: string): ChannelName {
  const colon = name.indexOf(':');
  return colon < 0 ? { name, kind: name, rest: '' } : { name, kind: name.slice(0, colon), rest: name.slice(colon + 1) };
}

/** The one channel that everybody has for themselves: `notifications` on the wire, with its owner's id in here. */
const OWN = 'notifications';

export function innerName(name: string, userId: string | null): string {
  return name === OWN && userId !== null ? `${OWN}:${userId}` : name;
}

export function wireName(name: string): string {
  return name.startsWith(`${OWN}:`) ? OWN : name;
}

/** Why a channel is not opened. Not found and not yours are the same. */
export interface ChannelRefusal {
  readonly code: 'unauthenticated' | 'unknown_channel' | 'not_found' | 'ambiguous_symbol';
  readonly detail: string;
}

/** State: the latest wins. */
export interface StateSource {
  readonly kind: string;
  /** Answers the present state as JSON text, or why the caller may not follow it. Changes from the call on reach the hub. */
  open(channel: ChannelName, caller: Caller | null): Promise<{ readonly data: string } | ChannelRefusal>;
}

/** A fact as it is told: its number and the JSON text of what happened. */
export interface Fact {
  readonly sequence: number;
  readonly data: string;
}

/** Facts: dense sequences. */
export interface FactSource {
  readonly kind: string;
  /** The state that all facts up to `sequence` led to. */
  open(channel: ChannelName, caller: Caller | null): Promise<Fact | ChannelRefusal>;
  /** Facts after a sequence, oldest first; null when some of them are no longer kept. */
  since(channel: ChannelName, sequence: number): Promise<readonly Fact[] | null>;
  /** Facts after a sequence, however old, for those who listen already; a part of them when they are many. */
  after(channel: ChannelName, sequence: number): Promise<readonly Fact[]>;
}

export function refused(code: ChannelRefusal['code'], detail: string): ChannelRefusal {
  return { code, detail };
}

export const SIGN_IN = refused('unauthenticated', 'Send { "type": "auth", "token": … } first.');
