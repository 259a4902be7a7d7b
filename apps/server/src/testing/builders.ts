/** Small things that many tests begin with. */
import type { Db } from '../platform/db/pool.ts';
import type { Role } from '../platform/http/index.ts';
import type { TestClient } from './test-client.ts';

export interface TestUser {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** Registers and signs in, through the door that everybody uses. Only the role is given behind it. */
export async function registerTestUser(
  { anonymous, db }: { readonly anonymous: TestClient; readonly db: Db },
  name: string,
  role: Role,
): Promise<TestUser> {
  const credentials = { email: `${name}@example.com`, password: `${name} likes long sentences` };
  const answer = await anonymous.post('/api/v1/auth/register', { ...credentials, username: name });
  const { user, accessToken, refreshToken } = answer.as<{ user: { id: string }; accessToken: string; refreshToken: string }>();
  if (role !== 'standard') await db.updateTable('users').set({ role }).where('id', '=', user.id).execute();
  return { ...credentials, id: user.id, username: name, accessToken, refreshToken };
}
