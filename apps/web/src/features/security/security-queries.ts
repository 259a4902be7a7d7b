import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/api.ts';

export const totpQuery = queryOptions({ queryKey: ['security', 'totp'], queryFn: ({ signal }) => api.security.totp(signal) });

export const passkeysQuery = queryOptions({
  queryKey: ['security', 'passkeys'],
  queryFn: async ({ signal }) => (await api.security.passkeys(signal)).items,
});

export const apiKeysQuery = queryOptions({
  queryKey: ['security', 'api-keys'],
  queryFn: async ({ signal }) => (await api.security.apiKeys(signal)).items,
});

export const emailQuery = queryOptions({ queryKey: ['security', 'email'], queryFn: ({ signal }) => api.security.email(signal) });
