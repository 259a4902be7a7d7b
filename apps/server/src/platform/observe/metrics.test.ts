import { expect, onTestFinished, test } from 'vitest';
import { createMetrics, type Metrics } from './metrics.ts';

function metrics(): Metrics {
  const made = createMetrics({ processMetrics: false });
  onTestFinished(() => made.close());
  return made;
}

test('requests are counted by route, method and status in cumulated buckets', async () => {
  const { observeRequest, text } = metrics();
  // 0.001 is not above the first bound, 0.02 falls below 0.025, 11 is above all. Sum: 0.001 + 0.02 + 11 = 11.021.
  for (const seconds of [0.001, 0.02, 11]) observeRequest('/api/v1/quotes/:symbol', { method: 'GET', status: 200, seconds });
  observeRequest('/api/v1/quotes/:symbol', { method: 'GET', status: 404, seconds: 0.5 });
  const lines = (await text()).split('\n');
  const labels = 'route="/api/v1/quotes/:symbol",method="GET",status="200"';
  expect(lines).toContain('# TYPE http_request_duration_seconds histogram');
  for (const [bound, count] of [
    ['0.001', 1],
    ['0.01', 1],
    ['0.025', 2],
    ['10', 2],
    ['+Inf', 3],
  ] as const) {
    expect(lines).toContain(`http_request_duration_seconds_bucket{le="${bound}",${labels}} ${String(count)}`);
  }
  expect(lines).toContain(`http_request_duration_seconds_sum{${labels}} 11.021`);
  expect(lines).toContain(`http_request_duration_seconds_count{${labels}} 3`);
  expect(lines).toContain('http_request_duration_seconds_count{route="/api/v1/quotes/:symbol",method="GET",status="404"} 1');
});

test('features register figures of their own', async () => {
  const { counter, gauge, histogram, text } = metrics();
  const orders = counter({ name: 'orders_total', help: 'Orders.', labels: ['outcome'] });
  orders.inc({ outcome: 'filled' }, 2);
  gauge({ name: 'sockets', help: 'Open sockets.', collect: () => 7 });
  histogram({ name: 'batch_size', help: 'Orders in a batch.', bounds: [1, 10] }).observe(4);
  const all = await text();
  expect(all).toContain('orders_total{outcome="filled"} 2');
  expect(all).toContain('sockets 7');
  expect(all).toContain('batch_size_bucket{le="10"} 1');
  expect(() => counter({ name: 'orders_total', help: 'Again.' })).toThrow(/already been registered/);
});

test('a held thread shows in the event-loop delay', async () => {
  const { eventLoopDelay, text } = metrics();
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  // The thread is held for 60 ms at a time until the watch, which samples every 10 ms, has seen one of them.
  for (let round = 0; round < 50 && eventLoopDelay.quantile(1) < 0.03; round += 1) {
    await new Promise(setImmediate);
    Atomics.wait(nothing, 0, 0, 60);
  }
  expect(eventLoopDelay.quantile(1)).toBeGreaterThan(0.03);
  expect(await text()).toMatch(/event_loop_delay_seconds\{quantile="0.999"\} 0\.\d+/);
});

test('process figures are there when asked for', async () => {
  const made = createMetrics({ processMetrics: true });
  onTestFinished(() => made.close());
  expect(await made.text()).toMatch(/process_resident_memory_bytes \d+/);
});
