/** An Insomnia export, format 4. */
import type { Route } from '../../packages/contract/src/index.ts';
import { byTopic, requestsOf } from './request-parts.ts';
import type { RequestParts } from './request-parts.ts';

const WORKSPACE = 'wrk_holdfast';

/** The name under which the document of seed 002 asks for it. */
export const INSOMNIA_NAME = 'stock_market_analysis_v1';

export function insomniaExport(routes: readonly Route[]): object {
  const topics = [...byTopic(requestsOf(routes))];
  return {
    _type: 'export',
    __export_format: 4,
    __export_source: 'holdfast',
    resources: [
      { _id: WORKSPACE, _type: 'workspace', parentId: null, name: INSOMNIA_NAME, description: '', scope: 'collection' },
      {
        _id: 'env_holdfast',
        _type: 'environment',
        parentId: WORKSPACE,
        name: 'Base Environment',
        // What POST /api/v1/auth/login answers as accessToken belongs into token.
        data: { base_url: 'http://localhost:8000', token: '' },
      },
      ...topics.flatMap(([topic, requests], position) => {
        const folder = `fld_${topic.toLowerCase().replace(/[^a-z0-9]+/g, '_')}`;
        return [
          { _id: folder, _type: 'request_group', parentId: WORKSPACE, name: topic, metaSortKey: position },
          ...requests.map((request, place) => requestOf(request, { folder, place })),
        ];
      }),
    ],
  };
}

function requestOf(request: RequestParts, { folder, place }: { readonly folder: string; readonly place: number }): object {
  const { route, params, query, needsToken, description } = request;
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params.find((each) => each.name === name)?.value ?? ''),
  );
  return {
    _id: `req_${route.name}`,
    _type: 'request',
    parentId: folder,
    name: route.summary,
    description,
    method: route.method,
    url: `{{ _.base_url }}${path}`,
    metaSortKey: place,
    parameters: query.map(({ name, value, isUsed, description: words }) => ({ name, value, description: words, disabled: !isUsed })),
    headers: request.json === null ? [] : [{ name: 'Content-Type', value: 'application/json' }],
    body: bodyOf(request),
    authentication: needsToken ? { type: 'bearer', token: '{{ _.token }}' } : {},
  };
}

function bodyOf({ json, form }: RequestParts): object {
  if (json !== null) return { mimeType: 'application/json', text: json };
  if (form.length === 0) return {};
  return {
    mimeType: 'multipart/form-data',
    params: form.map(({ name, value, isUsed, isFile, description }) => ({
      name,
      value,
      description,
      disabled: !isUsed,
      ...(isFile ? { type: 'file', fileName: '' } : {}),
    })),
  };
}
