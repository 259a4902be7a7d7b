/** Plans: what each allows. */
import { PlanLimits, Role } from '../accounts/index.ts';
import { route } from '../route.ts';
import type { Route } from '../route.ts';
import { Closed, Items } from '../shapes.ts';

export const Plan = Closed({ name: Role, limits: PlanLimits });

export const listPlans = route({
  name: 'listPlans',
  method: 'GET',
  path: '/api/v1/plans',
  tag: 'Plans',
  summary: 'The plans and what each allows, as they hold on this server; null is no limit.',
  description:
    'The role of a user is the name of their plan, and an administrator changes it. With PLANS=off every limit is null, with RATE_LIMITS=off the number of calls.',
  access: 'public',
  answers: { 200: Items(Plan) },
  errors: [],
  example: {
    answer: {
      items: [
        { name: 'standard', limits: { watchlists: 1, priceHistoryDays: 30, requestsPerHour: 100 } },
        { name: 'premium', limits: { watchlists: 10, priceHistoryDays: null, requestsPerHour: 1000 } },
        { name: 'admin', limits: { watchlists: null, priceHistoryDays: null, requestsPerHour: null } },
      ],
    },
  },
});

export const planRoutes: readonly Route[] = [listPlans];
