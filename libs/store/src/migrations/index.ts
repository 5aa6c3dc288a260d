import { Events } from './2026-11-23-events.js';
import { First } from './2026-11-23-first.js';
import { Native } from './2026-11-23-native.js';
import { Orders } from './2026-11-23-orders.js';
import { Partners } from './2026-11-23-partners.js';
import { Rates } from './2026-11-23-rates.js';
import { Results } from './2026-11-23-results.js';
import { Subscriptions } from './2026-11-23-subscriptions.js';
import { Switches } from './2026-11-23-switches.js';
import { Webhooks } from './2026-11-23-webhooks.js';

/** Every migration, oldest first. */
export const MIGRATIONS = [
  { name: '2026-11-23-first', class: First },
  { name: '2026-11-23-webhooks', class: Webhooks },
  { name: '2026-11-23-rates', class: Rates },
  { name: '2026-11-23-native', class: Native },
  { name: '2026-11-23-results', class: Results },
  { name: '2026-11-23-partners', class: Partners },
  { name: '2026-11-23-orders', class: Orders },
  { name: '2026-11-23-events', class: Events },
  { name: '2026-11-23-subscriptions', class: Subscriptions },
  { name: '2026-11-23-switches', class: Switches },
];
