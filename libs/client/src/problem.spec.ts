import { inspect } from 'node:util';
import { GatewayProblem } from './problem.js';

const BODY = {
  type: '/docs#not-found',
  title: 'Not found',
  status: 404,
  code: 'not-found',
  detail: 'check the ids',
  requestId: 'r-1',
  context: {},
};

test('a problem document is told in its own words', () => {
  expect(GatewayProblem.of(404, JSON.stringify(BODY), 'token', null)).toMatchObject({
    ...{ name: 'GatewayProblem', message: 'not-found: check the ids', status: 404, code: 'not-found', detail: 'check the ids' },
    ...{ requestId: 'r-1', retryAfterMs: null },
  });
});

test.each(['', '<html>Anna Andersson</html>', 'null', '5', '[]', '{"code": 5, "detail": {"Anna": 1}}', '{"code": "Anna"}'])(
  'of what is no problem document nothing but its status is told: %p',
  (text) => {
    const problem = GatewayProblem.of(502, text, 'token', 3000);
    expect(problem).toMatchObject({ status: 502, code: 'unexpected-answer', requestId: null, retryAfterMs: 3000 });
    expect(inspect(problem)).not.toContain('Anna');
  },
);

test('the token is cut out of what repeats it', () => {
  const echoed = { ...BODY, detail: 'you sent Bearer ey.to.ken', requestId: 'ey.to.ken' };
  const problem = GatewayProblem.of(400, JSON.stringify(echoed), 'ey.to.ken', null);
  expect(inspect(problem) + JSON.stringify(problem)).not.toContain('ey.to.ken');
  expect(problem.detail).toBe('you sent Bearer …');
});
