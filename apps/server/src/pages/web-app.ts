/** The built web app: its files, and its one page for every address that a person opens. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const NOT_BUILT = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Holdfast</title></head><body>
<h1>Holdfast is running</h1>
<p>The web app has not been built yet: run <code>npm run build</code> and start again.</p>
<p>The API is here: <a href="/docs">documentation</a>, <a href="/api/v1">index</a>.</p>
</body></html>
`;

/** What these begin with is never a page, so a mistyped address of the API gets the API's own 404. */
const NO_PAGES = /^\/(api|health|liveness|readiness|metrics|openapi\.json|docs|assets)(\/|$)/;

/** What the build puts beside the page. A symbol in an address may end in a point and letters too: /instruments/BRK.B is a page. */
const FILES = /^\/[^/]+\.[a-z0-9]{1,12}$/i;

export async function serveWebApp(app: FastifyInstance, folder: string): Promise<void> {
  const indexFile = join(folder, 'index.html');
  const index = existsSync(indexFile) ? readFileSync(indexFile, 'utf8') : null;
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true, suppressWarning: true });
  app.get('/*', { config: { page: true } }, (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    if (isPage(request, path)) return sendIndex(reply, index);
    const file = decodeURIComponent(path.slice(1));
    if (index === null || file.includes('..') || file.includes('\0') || file.endsWith('/')) return reply.callNotFound();
    // The build names the files in assets/ by their content, so a name never means other bytes.
    void reply.header('cache-control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    return reply.sendFile(file);
  });
}

function isPage(request: FastifyRequest, path: string): boolean {
  if (path === '/' || path === '/index.html') return true;
  if (NO_PAGES.test(path) || FILES.test(path)) return false;
  return request.headers.accept?.includes('text/html') === true;
}

function sendIndex(reply: FastifyReply, index: string | null): FastifyReply {
  return reply
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(index ?? NOT_BUILT);
}
