import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

/** The exports of the user, the newest first. */
export const exportsQuery = queryOptions({
  queryKey: ['exports'],
  queryFn: async ({ signal }) => (await api.exports.list({ limit: 20 }, signal)).items,
  refetchInterval: ({ state }) => (state.data?.some(({ status }) => status === 'queued' || status === 'running') === true ? 2000 : false),
});
