import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { watchEventLoopDelay, type EventLoopDelay } from './event-loop-delay.ts';
import { createRequestHistogram, type RequestSeen } from './request-histogram.ts';

export type { Counter, Gauge, Histogram } from 'prom-client';

type Description<Label extends string> = { readonly name: string; readonly help: string; readonly labels?: readonly Label[] };

/** One figure of several under one name. */
export type LabelledValue<Label extends string> = { readonly labels: Readonly<Record<Label, string>>; readonly value: number };

export type Metrics = {
  /** Counts an answered request. `route` is the route's pattern. Cheap: made for the hot path. */
  readonly observeRequest: (route: string, request: RequestSeen) => void;
  /** A figure that only rises; the name ends in _total. */
  readonly counter: <Label extends string = never>(description: Description<Label>) => Counter<Label>;
  /** A figure that goes up and down. With `collect` it is asked for when somebody reads. */
  readonly gauge: <Label extends string = never>(
    description: Description<Label> & { readonly collect?: () => number | readonly LabelledValue<Label>[] },
  ) => Gauge<Label>;
  /** How often a figure fell below each bound; the name ends in its unit. */
  readonly histogram: <Label extends string = never>(
    description: Description<Label> & { readonly bounds: readonly number[] },
  ) => Histogram<Label>;
  readonly eventLoopDelay: EventLoopDelay;
  readonly contentType: string;
  /** Everything in Prometheus' text format. */
  readonly text: () => Promise<string>;
  readonly close: () => void;
};

export type MetricsOptions = {
  /** Off in tests: prom-client watches the process with observers that cannot be stopped. */
  readonly processMetrics: boolean;
};

/** The figures of this process. One per server; a name registered twice throws. */
export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  if (options.processMetrics) collectDefaultMetrics({ register: registry });
  const requests = createRequestHistogram(registry);
  const eventLoopDelay = watchEventLoopDelay();
  registry.registerMetric(delayGauge(eventLoopDelay));
  const registers = [registry];
  return {
    observeRequest: requests.observe,
    counter: ({ name, help, labels = [] }) => new Counter({ name, help, labelNames: labels, registers }),
    gauge: ({ name, help, labels = [], collect }) =>
      new Gauge({
        name,
        help,
        labelNames: labels,
        registers,
        ...(collect === undefined
          ? {}
          : {
              collect() {
                const collected = collect();
                if (typeof collected === 'number') this.set(collected);
                else for (const { labels: of, value } of collected) this.set(of, value);
              },
            }),
      }),
    histogram: ({ name, help, labels = [], bounds }) => new Histogram({ name, help, labelNames: labels, buckets: [...bounds], registers }),
    eventLoopDelay,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    close: () => {
      eventLoopDelay.close();
      registry.clear();
    },
  };
}

function delayGauge(delay: EventLoopDelay): Gauge<'quantile'> {
  return new Gauge({
    name: 'event_loop_delay_seconds',
    help: 'How late timers fire because something held the thread, since the last scrape.',
    labelNames: ['quantile'] as const,
    registers: [],
    collect() {
      for (const fraction of [0.5, 0.99, 0.999, 1]) this.set({ quantile: String(fraction) }, delay.quantile(fraction));
      delay.reset();
    },
  });
}
