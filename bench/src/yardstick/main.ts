/**
 * The yardstick: a bare Fastify in a process of its own, which knows every answer already. It checks no token, keeps no log and stores
 * nothing; orders are validated by the contract's own schema with Fastify's own compiler. Words: the file of its answers.
 */
import { readFileSync } from 'node:fs';
import { OrderInput } from '@holdfast/contract/orders';
import fastify from 'fastify';
import type { YardstickAnswers } from './start-yardstick.ts';

const { port, gets, order } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as YardstickAnswers;
const app = fastify({ logger: false });
const type = 'application/json; charset=utf-8';

app.get('/', (_request, reply) => reply.send('ready'));
for (const { path, text } of gets) app.get(path, (_request, reply) => reply.header('content-type', type).send(text));
if (order !== null) {
  app.post('/api/v1/portfolios/:id/orders', { schema: { body: OrderInput } }, (_request, reply) =>
    reply.code(201).header('content-type', type).send(order),
  );
}
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)));
await app.listen({ host: '127.0.0.1', port });
