import { Queue, type Caller } from './queue.js';

const caller = (tenantId: string, urgency: Caller<string>['urgency'] = 'poll'): Caller<string> => ({
  tenantId,
  urgency,
  deadlineMs: 0,
  go: () => undefined,
  refuse: () => undefined,
});
const queueOf = (...tenants: readonly string[]) => {
  const queue = new Queue<string>();
  for (const tenant of tenants) queue.add(caller(tenant));
  return queue;
};
const order = (queue: Queue<string>) => {
  const taken: string[] = [];
  for (let next = queue.next('poll'); next !== null; next = queue.next('poll')) taken.push(next.tenantId);
  return taken.join('');
};

test('tenants take turns, in the order in which they came', () => {
  expect(order(queueOf('a', 'a', 'a', 'b', 'b', 'c'))).toBe('abcaba');
});

test('who had much in this period goes after who had less, and in the next period everybody starts anew', () => {
  const queue = queueOf('a', 'a', 'a');
  order(queue);
  for (const tenant of ['a', 'b', 'b', 'b', 'b']) queue.add(caller(tenant));
  expect(order(queue)).toBe('bbbab');
  queue.newPeriod();
  for (const tenant of ['a', 'b']) queue.add(caller(tenant));
  expect(order(queue)).toBe('ab');
});

test('notices and polls are apart', () => {
  const queue = queueOf('a');
  queue.add(caller('b', 'notice'));
  expect(queue.count()).toEqual({ notice: 1, poll: 1 });
  expect(queue.next('notice')?.tenantId).toBe('b');
  expect(queue.next('notice')).toBeNull();
  expect(queue.count()).toEqual({ notice: 0, poll: 1 });
});

test('who left is not served', () => {
  const queue = queueOf('a');
  const leaving = caller('b');
  queue.add(leaving);
  queue.remove(leaving);
  expect(order(queue)).toBe('a');
});
