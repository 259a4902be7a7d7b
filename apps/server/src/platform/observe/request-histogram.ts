import type { Registry } from 'prom-client';

export type RequestSeen = { readonly method: string; readonly status: number; readonly seconds: number };

type Series = {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  /** Requests per bucket, not cumulated; the last counts what is longer than every bound. */
  readonly counts: Float64Array;
  sumSeconds: number;
};

export type RequestHistogram = {
  /** `route` is the pattern, never the address: every new one is a series that stays. */
  readonly observe: (route: string, request: RequestSeen) => void;
};

const boundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
const name = 'http_request_duration_seconds';

/**
 * Durations of requests by route, method and status, as a Prometheus histogram. Counted in plain arrays, since
 * prom-client's own histogram makes and hashes a label object for each request.
 */
export function createRequestHistogram(registry: Registry): RequestHistogram {
  const routes = new Map<string, Series[]>();
  const histogram = {
    name,
    help: 'Seconds from a request to its answer.',
    type: 'histogram',
    aggregator: 'sum',
    collect: () => undefined,
    reset: () => routes.clear(),
    get: async () => ({
      name,
      help: 'Seconds from a request to its answer.',
      type: 'histogram',
      aggregator: 'sum',
      values: valuesOf(routes),
    }),
  };
  // The registry asks a metric for its name and its values only; prom-client's types know just its own four classes.
  registry.registerMetric(histogram as unknown as Parameters<Registry['registerMetric']>[0]);
  return {
    observe: (route, request) => {
      const series = seriesOf(routes, route, request);
      let bucket = 0;
      while (bucket < boundsSeconds.length && request.seconds > (boundsSeconds[bucket] ?? 0)) bucket += 1;
      series.counts[bucket] = (series.counts[bucket] ?? 0) + 1;
      series.sumSeconds += request.seconds;
    },
  };
}

function seriesOf(routes: Map<string, Series[]>, route: string, { method, status }: RequestSeen): Series {
  let ofRoute = routes.get(route);
  if (ofRoute === undefined) {
    ofRoute = [];
    routes.set(route, ofRoute);
  }
  // A route has a handful of series, so looking through them is faster than any key.
  for (const series of ofRoute) if (series.status === status && series.method === method) return series;
  const series = { route, method, status, counts: new Float64Array(boundsSeconds.length + 1), sumSeconds: 0 };
  ofRoute.push(series);
  return series;
}

type Value = { readonly metricName: string; readonly labels: Readonly<Record<string, string | number>>; readonly value: number };

function valuesOf(routes: ReadonlyMap<string, readonly Series[]>): Value[] {
  return [...routes.values()].flat().flatMap(({ route, method, status, counts, sumSeconds }) => {
    const labels = { route, method, status };
    let total = 0;
    const buckets = [...boundsSeconds, '+Inf' as const].map((bound, index) => {
      total += counts[index] ?? 0;
      return { metricName: `${name}_bucket`, labels: { le: bound, ...labels }, value: total };
    });
    return [...buckets, { metricName: `${name}_sum`, labels, value: sumSeconds }, { metricName: `${name}_count`, labels, value: total }];
  });
}
