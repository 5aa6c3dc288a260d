/** Kombo keeps API keys, webhook secrets and integrations apart by environment. These are made up and fixed: they guard nothing real. */
export interface Environment {
  readonly id: string;
  readonly name: 'main' | 'second';
  readonly apiKey: string;
  readonly webhookSecret: string;
}

export const ENVIRONMENTS: readonly [Environment, Environment] = [
  { id: '4vDAzHKEfW3yzvXNsTqPXaUA', name: 'main', apiKey: 'kombo-sandbox-key', webhookSecret: 'kombo-sim-secret' },
  { id: '9qPzGHXKbWc5ryVNsTdMXeUB', name: 'second', apiKey: 'kombo-sandbox-key-2', webhookSecret: 'kombo-sim-secret-2' },
];
