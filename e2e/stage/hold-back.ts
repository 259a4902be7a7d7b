import type { BrowserContext } from 'playwright-core';

export interface HeldBack {
  /** Answers once something that is held back was asked for. */
  readonly asked: Promise<void>;
  readonly letGo: () => void;
}

/** A slow network for what fits the pattern: it is asked for, and comes when it is let go. */
export async function holdBack(context: BrowserContext, pattern: string): Promise<HeldBack> {
  const asked = gate();
  const free = gate();
  await context.route(pattern, async (route) => {
    asked.open();
    await free.passed;
    await route.continue();
  });
  return { asked: asked.passed, letGo: free.open };
}

interface Gate {
  readonly passed: Promise<void>;
  readonly open: () => void;
}

function gate(): Gate {
  let open = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
}
