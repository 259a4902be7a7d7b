import { expect, test } from 'vitest';
import { newWebhookSecret, signaturesOf } from './webhook-signature.ts';

test('the example of the specification’s own libraries', () => {
  // Test vector of the reference implementations: https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1_614_265_330, body: '{"test": 2432232314}' };
  expect(signaturesOf(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test('a secret has 32 bytes of its own; two secrets sign side by side', () => {
  const [one, other] = [newWebhookSecret(), newWebhookSecret()];
  expect(one).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(one).not.toBe(other);
  const message = { id: 'a', timestamp: 1, body: '{}' };
  expect(signaturesOf(message, [one, other])).toBe(`${signaturesOf(message, [one])} ${signaturesOf(message, [other])}`);
});
