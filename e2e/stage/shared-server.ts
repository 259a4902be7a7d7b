import type { TestProject } from 'vitest/node';
import { stageServer } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly url: string;
  }
}

/** One server for all journeys that leave it standing. Answers how to remove it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await stageServer();
  project.provide('url', server.url);
  return server.remove;
}
