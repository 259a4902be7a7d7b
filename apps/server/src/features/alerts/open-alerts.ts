/** Alerts, wired: what owners ask through routes, and the watch that answers on the servers that work. */
import type { Job } from '../../platform/jobs/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { createAlertEvaluator } from './alert-evaluator.ts';
import type { AlertEvaluator, EvaluatorNeeds } from './alert-evaluator.ts';
import { tellAlertNews } from './alert-news.ts';
import { bindAlertRoutes } from './alert-routes.ts';

export interface Alerts {
  readonly evaluator: AlertEvaluator;
  /** The sweep every five minutes. */
  readonly jobs: readonly Job[];
  bindRoutes(context: ServeContext): void;
}

export function openAlerts(needs: EvaluatorNeeds): Alerts {
  const evaluator = createAlertEvaluator(needs);
  return {
    evaluator,
    jobs: [{ name: 'sweep-alerts', schedule: '*/5 * * * *', timeoutMs: 240_000, run: () => evaluator.sweep() }],
    bindRoutes: (context) =>
      bindAlertRoutes(context, { ...needs, tellChanged: (ids) => void tellAlertNews(needs.bus, ids).catch(needs.onError) }),
  };
}
