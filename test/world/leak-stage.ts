import { systemClock } from '#libs/model';
import { CanaryFamily } from '#libs/testkit';
import { Api, type Heard } from './api.js';
import { Receiver } from './receiver.js';
import { spawnGateway, type GatewayProcess } from './gateway-process.js';
import { startOwnDatabase, type OwnDatabase } from './own-database.js';
import { Tenant } from './tenant.js';
import { startTraceReceiver, type TraceReceiver } from './trace-receiver.js';
import { World } from './world.js';

/** In every text, free key and number of the source that the allowlist does not admit: nowhere. */
export const FORBIDDEN = new CanaryFamily('Zq7canary', 730_473_040_000_000);
/** In every text that it does admit: in the records and their answers, and nowhere else. */
export const ADMITTED = new CanaryFamily('Yk3admitted');
/** In everything of a source whose tenant hides all fields that hold text, and consents to no candidates: nowhere. */
export const HIDDEN = new CanaryFamily('Hd6hidden', 730_473_040_000_000);
/** What callers send in the wrong place: in no answer, log or table. */
export const CALLERS = new CanaryFamily('Xw5caller');

/** A whole system at log level trace, of which everything that it writes and says is kept. */
export class LeakStage {
  readonly heard: Heard[] = [];
  private readonly gateways: GatewayProcess[] = [];

  private constructor(
    readonly world: World,
    readonly database: OwnDatabase,
    readonly traces: TraceReceiver,
    /** Of events. */
    readonly receiver: Receiver,
  ) {}

  static async create(): Promise<LeakStage> {
    const [database, traces, receiver] = await Promise.all([startOwnDatabase(), startTraceReceiver(), Receiver.start()]);
    return new LeakStage(await World.create(systemClock, database), database, traces, receiver);
  }

  /** Starts a gateway; its API. */
  async startGateway(): Promise<Api> {
    const variables = this.world.variables({ OTEL_EXPORTER_OTLP_ENDPOINT: this.traces.url });
    const gateway = await spawnGateway(variables, 'trace');
    this.gateways.push(gateway);
    return new Api(gateway.url, await this.world.token(), (heard) => this.heard.push(heard));
  }

  async endGateway(signal: NodeJS.Signals): Promise<void> {
    await this.gateways.at(-1)?.end(signal);
  }

  /** Log and complaints of all gateways that there were. */
  printed(): Buffer {
    return Buffer.concat(this.gateways.map((gateway) => gateway.printed()));
  }

  /** A tenant whose source holds markers of these families, without consent. */
  async linkTenant(api: Api, canary: CanaryFamily, admittedCanary: CanaryFamily): Promise<Tenant> {
    const tenant = await Tenant.link(api, this.world.control, { candidates: 60, jobs: 8, users: 8, seed: 95 });
    await this.world.control.patch(`/integrations/${tenant.sourceId}`, { canary: canary.prefix, admittedCanary: admittedCanary.prefix });
    return tenant;
  }

  /** What the numbers of markers stand for. */
  async placesAtSource({ sourceId: komboId }: Tenant): Promise<Record<string, string>> {
    return (await this.world.control.get(`/integrations/${komboId}/markers`)).body.places;
  }

  async close(): Promise<void> {
    await Promise.all(this.gateways.map((gateway) => gateway.end('SIGKILL')));
    await this.traces.close();
    await this.receiver.stop();
    await this.world.close();
  }
}
