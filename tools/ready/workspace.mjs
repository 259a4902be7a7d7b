import { build, hasScript } from './build.mjs';
import { runNpm } from './run.mjs';
import { say } from './say.mjs';

/** Runs a workspace's script of its own name (`e2e`, `bench`) against a fresh build. */
export async function runWorkspace(name, words) {
  if (!hasScript(name, name)) {
    say(`the workspace ${name} has nothing to run yet`);
    return 0;
  }
  const code = await build();
  return code === 0 ? runNpm(['run', name, '--silent', '-w', name, '--', ...words]) : code;
}
