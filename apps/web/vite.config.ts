import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from 'node:process';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const server = 'http://127.0.0.1:8000';

/** Nothing is drawn before the app has put the reader's theme on the page, so that a dark page never flashes white. */
function drawWithTheme(): Plugin {
  return {
    name: 'draw-with-theme',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => html.replace('<script type="module"', '<script type="module" blocking="render"'),
    },
  };
}

/** Scripts and styles are compressed once here instead of at every request: the server sends the file a browser can read. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle: ({ dir }, bundle) => {
      if (dir === undefined) return;
      for (const name of Object.keys(bundle).filter((known) => /\.(js|css)$/.test(known))) {
        const file = join(dir, name);
        const bytes = readFileSync(file);
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      }
    },
  };
}

export default defineConfig(({ command }) => {
  // A server that is started with NODE_ENV=development builds what is stale first: what browsers get is the same, React's own checks left out.
  if (command === 'build') env['NODE_ENV'] = 'production';
  return {
    plugins: [react(), drawWithTheme(), compressed()],
    resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
    build: {
      target: 'es2023',
      sourcemap: false,
      // Small pictures and fonts in data: addresses would need holes in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 300,
      rolldownOptions: {
        output: {
          // What every page needs comes in two files that change at different times, instead of in thirty.
          codeSplitting: {
            groups: [
              {
                name: 'libraries',
                test: /node_modules\/(react|react-dom|scheduler|@tanstack\/(?!react-virtual|virtual-core)[^/]+|i18next|use-sync-external-store)\//,
                priority: 2,
              },
              {
                name: 'pieces',
                test: /(apps\/web\/src\/(ui|api|preferences|i18n)\/[^/]+|apps\/web\/src\/ui\/figures\/.+|packages\/sdk\/src\/.+)\.tsx?$/,
                priority: 1,
              },
            ],
          },
        },
      },
    },
    server: {
      port: 5173,
      proxy: { '/api': { target: server, ws: true }, '/docs': server, '/openapi.json': server },
    },
  };
});
