/** What seed 004 keeps as thresholds of a watched stock are alerts here. */
import type { Alert } from '@holdfast/contract/alerts';
import { changeAlert, createAlert, deleteAlert, listAlerts } from '../../features/alerts/index.ts';
import type { AlertNeeds } from '../../features/alerts/index.ts';
import { symbolOf } from '../../features/instruments/index.ts';
import { within } from '../../platform/db/transact.ts';

export type ThresholdNeeds = AlertNeeds;

const CONDITIONS = { price_above: 'priceAbove', price_below: 'priceBelow', percent_change: 'percentChange' } as const;
type ThresholdKind = keyof typeof CONDITIONS;
const KINDS = Object.keys(CONDITIONS) as ThresholdKind[];

export type Thresholds = { readonly [Kind in ThresholdKind]?: string | number | null };

/** Makes, changes or takes away the standing alert of each kind that is named. */
export async function setThresholds(
  needs: ThresholdNeeds,
  caller: { readonly userId: string },
  { symbol, thresholds }: { readonly symbol: string; readonly thresholds: Thresholds },
): Promise<void> {
  const standing = (await standingAlerts(needs, caller)).filter((alert) => alert.symbol === nameOf(needs, caller, symbol));
  for (const kind of KINDS) {
    const threshold = thresholds[kind];
    if (threshold === undefined) continue;
    const condition = CONDITIONS[kind];
    const present = standing.find((alert) => alert.condition === condition);
    if (threshold === null) {
      if (present !== undefined) await deleteAlert(needs, caller, present.id);
    } else if (present === undefined) await createAlert(needs, caller, { symbol, condition, threshold });
    else await changeAlert(needs, caller, { id: present.id, change: { threshold } });
  }
}

/** The thresholds of all standing alerts of a user, by symbol; of several of one kind the newest counts. */
export async function thresholdsBySymbol(
  needs: ThresholdNeeds,
  caller: { readonly userId: string },
): Promise<ReadonlyMap<string, Record<string, string>>> {
  const found = new Map<string, Record<string, string>>();
  for (const { symbol, condition, threshold } of await standingAlerts(needs, caller)) {
    const kind = KINDS.find((each) => CONDITIONS[each] === condition);
    if (symbol === null || threshold === null || kind === undefined) continue;
    const kinds = found.get(symbol) ?? {};
    kinds[kind] ??= threshold;
    found.set(symbol, kinds);
  }
  return found;
}

async function standingAlerts(needs: ThresholdNeeds, caller: { readonly userId: string }): Promise<readonly Alert[]> {
  const alerts: Alert[] = [];
  let cursor: string | null = null;
  do {
    const page = await listAlerts({ ...needs, db: within(needs.db) }, caller, {
      status: 'active',
      limit: 500,
      ...(cursor === null ? {} : { cursor }),
    });
    alerts.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return alerts;
}

/** The symbol as alerts print it. */
function nameOf({ instruments }: ThresholdNeeds, { userId }: { readonly userId: string }, symbol: string): string | null {
  const instrument = instruments.resolve(symbol, userId);
  return instrument === null ? null : symbolOf(instrument);
}
