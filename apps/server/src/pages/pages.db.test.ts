import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp } from '../testing/test-app.ts';
import type { TestApp } from '../testing/test-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-web-'));
let app: TestApp;
let unbuilt: TestApp;
beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>App</title>');
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'export {}');
  writeFileSync(join(folder, 'robots.txt'), 'User-agent: *');
  writeFileSync(join(folder, '../holdfast-secret.txt'), 'the content of another file');
  app = await startTestApp({ webFolder: folder });
  unbuilt = await startTestApp({ beside: app, webFolder: join(folder, 'nothing') });
});
afterAll(async () => {
  await unbuilt.close();
  await app.close();
  rmSync(folder, { recursive: true });
  rmSync(join(folder, '../holdfast-secret.txt'));
});

const asPerson = { headers: { accept: 'text/html,application/xhtml+xml' } };

describe('the web app', () => {
  test.each(['/', '/login', '/portfolios/01936f2e-8c00-7000-8000-000000000002', '/?lang=de'])(
    '%s is its page, always asked for anew',
    async (url) => {
      const answer = await app.anonymous.get(url, asPerson);
      expect([answer.status, answer.text, answer.headers['cache-control']]).toEqual([200, '<!doctype html><title>App</title>', 'no-cache']);
    },
  );

  test('its files are kept for ever where their name says what is in them', async () => {
    const answer = await app.anonymous.get('/assets/app-1a2b.js');
    expect([answer.text, answer.headers['cache-control']]).toEqual(['export {}', 'public, max-age=31536000, immutable']);
    expect((await app.anonymous.get('/robots.txt')).headers['cache-control']).toBe('no-cache');
  });

  test.each([
    '/assets/gone.js',
    '/gone.txt',
    '/api/v1/gone',
    '/api/gone',
    '/metrics/gone',
    '/assets/../../holdfast-secret.txt',
    '/..%2fholdfast-secret.txt',
    '/%zz',
  ])('%s is nothing, also for people', async (url) => {
    const answer = await app.anonymous.get(url, asPerson);
    expect([answer.status >= 400, answer.text.includes('the content of another file'), answer.text.includes('<title>')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('a program that asks for an unknown address gets no page', async () => {
    expect((await app.anonymous.get('/gone', { headers: { accept: 'application/json' } })).code).toBe('not_found');
  });

  test('before it is built a page says how to build it', async () => {
    expect((await unbuilt.anonymous.get('/', asPerson)).text).toContain('npm run build');
    expect((await unbuilt.anonymous.get('/robots.txt')).code).toBe('not_found');
  });
});

describe('the documentation', () => {
  test.each(['/docs', '/docs/', '/api/docs/'])('%s is a page whose parts all come from here', async (url) => {
    const page = (await app.anonymous.get(url)).text;
    const parts = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part = '']) => part);
    expect(parts.length).toBeGreaterThan(2);
    for (const part of parts) expect((await app.anonymous.get(part)).status).toBe(200);
    expect(page).not.toMatch(/<script>|<style|style=/);
  });
});
