import type { Place } from './place.ts';

interface RunsAs {
  readonly cwd: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** How PostgreSQL's programs are run: by their user, and with none of our environment, whose PG… and LC_… settings they would heed. */
export function runsAs({ root, user }: Place): RunsAs {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  return user === undefined ? { cwd: root, env } : { cwd: root, uid: user.uid, gid: user.gid, env };
}
