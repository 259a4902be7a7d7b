/** What a bench needs to say to the API before it measures. Throws for every answer that is no 2xx. */
export interface Client {
  readonly token: string;
  get<Answer>(path: string): Promise<Answer>;
  /** The answer as it came, byte for byte. */
  text(path: string): Promise<string>;
  post<Answer>(path: string, body: unknown): Promise<Answer>;
  upload<Answer>(path: string, file: { readonly name: string; readonly bytes: Blob }): Promise<Answer>;
}

export interface Door {
  signIn(account: { readonly email: string; readonly password: string }): Promise<Client>;
  register(account: { readonly email: string; readonly password: string }): Promise<Client>;
}

export function createClient(url: string): Door {
  const enter = async (path: string, account: object): Promise<Client> => {
    const answer = await send(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
    return clientOf(url, ((await answer.json()) as { accessToken: string }).accessToken);
  };
  return {
    signIn: (account) => enter('/api/v1/auth/login', account),
    register: (account) => enter('/api/v1/auth/register', account),
  };
}

function clientOf(url: string, token: string): Client {
  const authorization = `Bearer ${token}`;
  const post = async <Answer>(path: string, body: unknown): Promise<Answer> => {
    const headers = { authorization, 'content-type': 'application/json' };
    return (await (await send(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()) as Answer;
  };
  const text = async (path: string) => (await send(url + path, { headers: { authorization } })).text();
  return {
    token,
    post,
    text,
    get: async <Answer>(path: string) => JSON.parse(await text(path)) as Answer,
    upload: async <Answer>(path: string, { name, bytes }: { readonly name: string; readonly bytes: Blob }) => {
      const body = new FormData();
      body.set('file', bytes, name);
      return (await (await send(url + path, { method: 'POST', headers: { authorization }, body })).json()) as Answer;
    },
  };
}

async function send(url: string, request: RequestInit): Promise<Response> {
  const answer = await fetch(url, request);
  if (!answer.ok) throw new Error(`${request.method ?? 'GET'} ${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return answer;
}

/** Works through a list, `width` at a time, and answers the results in the list's order. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, at: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [at, item] of waiting) results[at] = await work(item, at);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
