import type { ListedSymbol } from '@holdfast/engine/instruments';
import { Type } from 'typebox';
import { Check } from 'typebox/value';
import { WebSocket } from 'ws';
import type { ProvidedQuote, QuoteSink, QuoteStream } from '../market-data.ts';
import { ProviderError } from '../provider-error.ts';
import { parseExactJson, price, wholeNumber } from './exact-json.ts';

const Text = Type.String({ maxLength: 100 });
/** https://finnhub.io/docs/api/websocket-trades: p price, s symbol, t milliseconds, v volume. */
const Trades = Type.Object({ type: Type.Literal('trade'), data: Type.Array(Type.Object({ p: Text, s: Text, t: Text })) });
const Complaint = Type.Object({ type: Type.Literal('error'), msg: Type.String() });

const MOST_BYTES = 1024 * 1024;
const HANDSHAKE_MS = 10_000;
/** It pings at least this often; a connection that is silent for longer is dead though nobody said so. */
const SILENT_MS = 90_000;

export interface FinnhubStreamSettings {
  readonly name: string;
  /** With the key, which is therefore repeated nowhere. */
  readonly address: string;
  readonly vendorSymbol: (listing: ListedSymbol) => string | null;
}

export function finnhubStream({ name, address, vendorSymbol }: FinnhubStreamSettings): QuoteStream {
  return (listings, sink) => {
    const bySymbol = new Map(listings.flatMap((listing) => [[vendorSymbol(listing) ?? '', listing] as const]));
    bySymbol.delete('');
    const socket = new WebSocket(address, { handshakeTimeout: HANDSHAKE_MS, maxPayload: MOST_BYTES, followRedirects: false });
    let ended = false;
    let silence = setTimeout(() => end('said nothing for too long'), SILENT_MS);
    const end = (why: string): void => {
      if (ended) return;
      ended = true;
      clearTimeout(silence);
      socket.terminate();
      sink.onEnd(new ProviderError(name, 'unreachable', { message: `the stream ${why}.` }));
    };
    const heard = (): void => {
      clearTimeout(silence);
      if (!ended) silence = setTimeout(() => end('said nothing for too long'), SILENT_MS);
    };
    socket.on('open', () => {
      for (const symbol of bySymbol.keys()) socket.send(JSON.stringify({ type: 'subscribe', symbol }));
    });
    socket.on('ping', heard);
    // The library's default: a message comes as one Buffer.
    socket.on('message', (content: Buffer) => {
      heard();
      take(content.toString('utf8'), { name, bySymbol, sink, end });
    });
    socket.on('error', () => end('broke'));
    socket.on('close', () => end('was closed'));
    return () => {
      ended = true;
      clearTimeout(silence);
      socket.terminate();
    };
  };
}

interface Taking {
  readonly name: string;
  readonly bySymbol: ReadonlyMap<string, ListedSymbol>;
  readonly sink: QuoteSink;
  readonly end: (why: string) => void;
}

function take(text: string, { name, bySymbol, sink, end }: Taking): void {
  const message = parsed(text);
  if (Check(Complaint, message)) return end('was refused');
  if (!Check(Trades, message)) return;
  // Several trades of a symbol in one message: the last is its price.
  const newest = new Map<string, ProvidedQuote>();
  for (const trade of message.data) {
    const listing = bySymbol.get(trade.s);
    const [last, at] = [price(trade.p), wholeNumber(trade.t)];
    if (listing !== undefined && last !== null && at !== null) newest.set(trade.s, tradeQuote(name, listing, { last, at }));
  }
  if (newest.size > 0) sink.onQuotes([...newest.values()]);
}

function tradeQuote(source: string, listing: ListedSymbol, { last, at }: Pick<ProvidedQuote, 'last' | 'at'>): ProvidedQuote {
  return {
    listing,
    source,
    last,
    bid: null,
    ask: null,
    bidSize: null,
    askSize: null,
    open: null,
    high: null,
    low: null,
    previousClose: null,
    volume: null,
    at,
  };
}

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return null;
  }
}
