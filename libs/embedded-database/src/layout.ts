import path from 'node:path';

/** What lies where in the data directory. */
export interface Layout {
  readonly base: string;
  readonly cluster: string;
  /** The beginning of the names under which clusters are created. */
  readonly unfinishedCluster: string;
  readonly postmasterPid: string;
  readonly credentials: string;
  readonly starter: string;
  readonly serverLog: string;
  readonly previousServerLog: string;
  readonly initialPassword: string;
}

export function layoutOf(dataDir: string): Layout {
  const base = path.resolve(dataDir, 'database');
  const at = (name: string) => path.join(base, name);
  return {
    base,
    cluster: at('cluster'),
    unfinishedCluster: at('unfinished-'),
    postmasterPid: at('cluster/postmaster.pid'),
    credentials: at('credentials.json'),
    starter: at('starter.json'),
    serverLog: at('postgres.log'),
    previousServerLog: at('postgres.previous.log'),
    initialPassword: at('initial-password'),
  };
}
