import * as contract from '@holdfast/contract/allocation';
import { decimal, formatDecimal, ONE, sum, toNumber } from '@holdfast/engine/money';
import type { Decimal } from '@holdfast/engine/money';
import type { Db } from '../../platform/db/pool.ts';
import { AppError, notFound, serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import type { PortfolioState, PortfolioStates } from '../desk/index.ts';
import { allocationJson, partsOf, valuePositions } from '../positions/index.ts';
import type { AllocationKey, ValuationNeeds } from '../positions/index.ts';
import { proposeRebalancing } from './propose-rebalancing.ts';
import { setTargets } from './set-targets.ts';
import { findTargets } from './target-store.ts';

export interface AllocationNeeds extends ValuationNeeds {
  readonly db: Db;
  readonly states: PortfolioStates;
}

export function bindAllocationRoutes(context: ServeContext, needs: AllocationNeeds): void {
  serve(context, contract.getAllocationTargets, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    return targetsJson(needs, state, query.by ?? 'symbol');
  });

  serve(context, contract.putAllocationTargets, async ({ caller, params, body }) => {
    const state = await ownState(needs, caller.userId, params.id);
    await setTargets(needs, { userId: caller.userId, portfolioId: state.id }, body);
    return targetsJson(needs, state, body.by);
  });

  serve(context, contract.getRebalancing, async ({ caller, params, query }) => {
    const state = await ownState(needs, caller.userId, params.id);
    const by = query.by ?? 'symbol';
    const cashBand = decimal(query.cashBand ?? '0');
    if (cashBand > ONE) {
      const message = 'must be at most 1, which is the whole';
      throw new AppError('invalid_value', `cashBand ${message}.`, { errors: [{ path: 'cashBand', message }] });
    }
    return proposeRebalancing(needs, state, {
      by,
      targets: await findTargets(needs.db, { portfolioId: state.id, by }),
      whole: query.quantities !== 'fractional',
      minimumTrade: decimal(query.minimumTrade ?? '0'),
      cashBand,
    });
  });
}

async function ownState({ states }: AllocationNeeds, userId: string, id: string): Promise<PortfolioState> {
  const state = await states.current(id);
  if (state === null || state.userId !== userId) throw notFound('portfolio');
  return state;
}

/** What is held or has a target, each once. */
async function targetsJson(needs: AllocationNeeds, state: PortfolioState, by: AllocationKey) {
  const targets = await findTargets(needs.db, { portfolioId: state.id, by });
  const { items } = allocationJson(partsOf(valuePositions(needs, state)), by);
  const missing = [...targets.keys()].filter((key) => !items.some((item) => item.key === key));
  const all = [...items, ...missing.map((key) => ({ key, value: '0', weight: 0 }))];
  return {
    portfolioId: state.id,
    currency: state.account.baseCurrency,
    by,
    items: all.map((item) => ({ ...item, ...targetOf(targets.get(item.key), item.weight) })),
    targeted: formatDecimal(sum([...targets.values()])),
  };
}

function targetOf(target: Decimal | undefined, weight: number) {
  if (target === undefined) return { target: null, drift: null };
  return { target: formatDecimal(target), drift: weight - toNumber(target) };
}
