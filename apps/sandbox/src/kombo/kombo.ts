import type { Ats } from '../ats/ats.js';
import type { AdvancingClock } from '../clock.js';
import type { Resource } from './actions/attachment.js';
import type { AssessmentConnection } from './assessment/connection.js';
import type { Handover, Link } from './customer-link.js';
import { ENVIRONMENTS, type Environment } from './environments.js';
import { Faults } from '../serving/faults.js';
import type { Integration } from './integration.js';
import { KomboError } from './kombo-error.js';
import { Quota } from './quota.js';
import { RequestLog } from '../serving/request-log.js';
import { Webhooks } from './webhooks.js';

/** All of the stand-in's state: what the API answers from and the control API changes. */
export class Kombo {
  readonly integrations = new Map<string, Integration>();
  /** Connections of category ASSESSMENT, by their ids. */
  readonly assessments = new Map<string, AssessmentConnection>();
  readonly faults = new Faults();
  readonly log = new RequestLog();
  readonly quotas = new Map(ENVIRONMENTS.map(({ id }) => [id, new Quota()]));

  readonly environments = ENVIRONMENTS;
  /** By their tokens. */
  readonly links = new Map<string, Link>();
  readonly handovers = new Map<string, Handover>();
  /** Files, by the last part of their addresses. */
  readonly resources = new Map<string, Resource>();
  readonly #webhooks: ReadonlyMap<string, Webhooks>;

  constructor(
    readonly clock: AdvancingClock,
    /** The ATSs that an integration may be connected to. */
    readonly atses: readonly Ats[] = [],
  ) {
    this.#webhooks = new Map(ENVIRONMENTS.map((environment) => [environment.id, new Webhooks(environment, clock)]));
  }

  webhooksOf(environmentId: string): Webhooks {
    const webhooks = this.#webhooks.get(environmentId);
    if (webhooks === undefined) throw new Error('there is no such environment');
    return webhooks;
  }

  environmentOf(authorization: string | undefined): Environment {
    const environment = ENVIRONMENTS.find(({ apiKey }) => authorization === `Bearer ${apiKey}`);
    if (environment === undefined) throw new KomboError('PLATFORM.AUTHENTICATION_INVALID', 'The provided API key is invalid.');
    return environment;
  }

  /** An integration of another environment is not found, as if it did not exist. */
  integrationOf(environment: Environment, id: string | undefined): Integration {
    if (id === undefined || id === '') throw new KomboError('PLATFORM.INPUT_INVALID', 'The X-Integration-Id header is missing.');
    const integration = this.integrations.get(id);
    if (integration === undefined || integration.identity.environmentId !== environment.id) {
      throw new KomboError('PLATFORM.INTEGRATION_NOT_FOUND', 'The integration does not exist.');
    }
    return integration;
  }
}
