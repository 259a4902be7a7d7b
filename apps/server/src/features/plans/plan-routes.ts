import { listPlans } from '@holdfast/contract/plans';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { PLAN_NAMES, planLimits } from './plan-limits.ts';
import type { Plans } from './plan-limits.ts';

export function bindPlanRoutes(context: ServeContext, plans: Plans): void {
  serve(context, listPlans, () => ({ items: PLAN_NAMES.map((name) => ({ name, limits: planLimits(name, plans) })) }));
}
