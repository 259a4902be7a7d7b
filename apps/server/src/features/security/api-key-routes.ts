import { createApiKey as createRoute, listApiKeys as listRoute, revokeApiKey as revokeRoute } from '@holdfast/contract/security';
import { serve } from '../../platform/http/index.ts';
import type { ServeContext } from '../../platform/http/index.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import type { ApiKeyNeeds } from './api-keys.ts';

export function bindApiKeyRoutes(context: ServeContext, needs: ApiKeyNeeds): void {
  serve(context, listRoute, ({ caller, query }) => listApiKeys(needs, caller, query));
  serve(context, createRoute, ({ caller, requestId, ip, body }) => createApiKey(needs, { ...caller, requestId, ip }, body));
  serve(context, revokeRoute, async ({ caller, requestId, ip, params }) => {
    await revokeApiKey(needs, { ...caller, requestId, ip }, params.id);
    return undefined;
  });
}
