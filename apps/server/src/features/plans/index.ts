/** Plans: what each allows, as data. A role is the name of a plan. */
export { planLimits } from './plan-limits.ts';
export type { PlanLimits, Plans } from './plan-limits.ts';
export { bindPlanRoutes } from './plan-routes.ts';
