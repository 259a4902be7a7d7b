/** The description of the API for readers: Swagger UI from its package, under our own content policy, loading nothing from elsewhere. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const pack = promisify(gzip);

const FILES = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const;

const page = (files: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Holdfast API</title>
<link rel="stylesheet" href="${files}/swagger-ui.css">
<link rel="icon" type="image/png" href="${files}/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${files}/swagger-ui-bundle.js"></script>
<script src="${files}/start.js"></script>
</body>
</html>
`;

/** No validator badge: it would show our document to another host. */
const START = `window.ui = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  persistAuthorization: false,
  validatorUrl: null,
  presets: [window.SwaggerUIBundle.presets.apis],
});
`;

export function serveApiDocs(app: FastifyInstance): void {
  const open = { config: { page: true } };
  for (const address of ['/docs', '/api/docs']) {
    app.get(address, open, (_request, reply) =>
      reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page('/docs/files')),
    );
  }
  app.get('/docs/files/start.js', open, (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/javascript; charset=utf-8').send(START),
  );
  const folder = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui/package.json')), 'static');
  for (const [name, type] of Object.entries(FILES)) {
    const content = readFileSync(join(folder, name));
    // The bundle has more than a megabyte: packed once, when somebody first asks, and not for each who asks.
    let packed: Promise<Buffer> | undefined;
    app.get(`/docs/files/${name}`, open, async (request, reply) => {
      void reply.header('cache-control', 'public, max-age=86400').header('vary', 'accept-encoding').type(type);
      if (request.headers['accept-encoding']?.includes('gzip') !== true) return reply.send(content);
      return reply.header('content-encoding', 'gzip').send(await (packed ??= pack(content)));
    });
  }
}
