import { Refusal } from '../ats/refusal.js';
import type { Order } from './installation.js';

/** Takes what the partner sent for an order; refused with 422, and counted, where anything is wrong with it. */
export function take(order: Order, body: unknown, problems: readonly string[], show: (order: Order) => void): void {
  order.raw = body ?? null;
  order.problems = problems;
  if (problems.length > 0) {
    order.refused += 1;
    throw new Refusal(422, 'invalid_body', problems.join('; '));
  }
  show(order);
  order.updates += 1;
}
