import { Slots } from './sockets.js';

describe('slots', () => {
  it('let only so many calls through, the others in their order', async () => {
    const slots = new Slots(1);
    const order: number[] = [];
    const free = await slots.take();
    const second = slots.take().then((next) => (order.push(2), next));
    const third = slots.take().then((next) => (order.push(3), next));
    await Promise.resolve();
    expect(order).toEqual([]);
    free();
    (await second)();
    (await third)();
    expect(order).toEqual([2, 3]);
    expect(await slots.take()).toBeInstanceOf(Function);
  });
});
