import { isFactChannel, type StreamEvent } from './stream-frame.ts';

/** `deliver` it; it was already delivered (`repeat`); or events before it are missing (`gap`). */
export type Verdict = 'deliver' | 'repeat' | 'gap';

/** The last sequence seen on each channel, and what follows from it for the next event. */
export interface ChannelBook {
  readonly judge: (event: StreamEvent) => Verdict;
  /** A snapshot says where the channel stands; what came before is contained in it. */
  readonly startAt: (channel: string, sequence: number) => void;
  readonly lastSequence: (channel: string) => number | null;
  readonly forget: (channel: string) => void;
}

/** `judge` remembers the sequence of an event it lets through. A channel never heard of takes its first event as the start. */
export function createChannelBook(): ChannelBook {
  const last = new Map<string, number>();
  return {
    judge: (event) => {
      const seen = last.get(event.channel);
      if (seen !== undefined) {
        if (event.sequence <= seen) return 'repeat';
        if (isFactChannel(event.channel) && event.sequence > seen + 1) return 'gap';
      }
      last.set(event.channel, event.sequence);
      return 'deliver';
    },
    startAt: (channel, sequence) => {
      last.set(channel, sequence);
    },
    lastSequence: (channel) => last.get(channel) ?? null,
    forget: (channel) => {
      last.delete(channel);
    },
  };
}
