import type { ServerFrame } from '@holdfast/sdk';

export interface LoggedFrame {
  readonly id: number;
  readonly at: string;
  readonly type: string;
  readonly text: string;
}

interface LogState {
  readonly frames: readonly LoggedFrame[];
  readonly total: number;
}

const KEPT = 200;
const LONGEST = 2000;

/** The last two hundred frames, newest first, and how many there were in all. */
export function createFrameLog() {
  let frames: LoggedFrame[] = [];
  let total = 0;
  return {
    add: (frame: ServerFrame, at: Date): void => {
      total += 1;
      const { type, ...rest } = frame;
      frames.unshift({ id: total, at: at.toISOString().slice(11, 23), type, text: JSON.stringify(rest).slice(0, LONGEST) });
      frames.length = Math.min(frames.length, KEPT);
    },
    clear: (): void => {
      frames = [];
      total = 0;
    },
    read: (): LogState => ({ frames: [...frames], total }),
  };
}
