/** News between servers: which alerts have changed. */
import type { Bus } from '../../platform/bus/index.ts';

export const ALERTS_CHANGED = 'alerts.changed';
const IDS_A_MESSAGE = 150;

export function tellAlertNews(bus: Bus, ids: readonly string[]): Promise<unknown> {
  const parts = Array.from({ length: Math.ceil(ids.length / IDS_A_MESSAGE) }, (_, part) =>
    ids.slice(part * IDS_A_MESSAGE, (part + 1) * IDS_A_MESSAGE),
  );
  return Promise.all(parts.map((part) => bus.publish(ALERTS_CHANGED, part)));
}

export function readAlertNews(payload: unknown): readonly string[] {
  return payload as readonly string[];
}
