import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ROOT_CONTEXT, SpanStatusCode, trace, type Span, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { GatewayError } from '#libs/model';
import { Environment } from '../config/environment.js';

/** All that a span may carry: ids, numbers and words from closed lists. Never an address, a query, a body or an error's words. */
export interface SpanAttributes {
  readonly 'tenant.id'?: string;
  readonly 'run.id'?: string;
  readonly 'run.mode'?: string;
  readonly 'run.attempt'?: number;
  readonly connector?: string;
  readonly 'http.request.method'?: string;
  /** A template: what stands in its places is left out. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'error.kind'?: string;
}

const FLUSH_MS = 2000;

/**
 * OpenTelemetry traces, where OTEL_EXPORTER_OTLP_ENDPOINT names a collector. Spans are made by hand: instrumentation from a package records
 * addresses with their queries, statements and the words of errors.
 */
@Injectable()
export class Traces implements OnApplicationShutdown {
  private readonly provider: TracerProvider | null;
  private readonly tracer: Tracer | null;
  private readonly current = new AsyncLocalStorage<Span>();

  constructor({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, GATEWAY_ROLES }: Environment) {
    this.provider = endpoint === undefined ? null : providerTo(endpoint, GATEWAY_ROLES);
    this.tracer = this.provider?.getTracer('ats-gateway') ?? null;
  }

  /** Runs `work` within a span. What it throws ends the span with its kind alone. */
  async span<T>(name: string, attributes: SpanAttributes, work: (set: (more: SpanAttributes) => void) => Promise<T>): Promise<T> {
    const span = this.start(name, attributes);
    if (span === null) return work(() => undefined);
    try {
      return await this.current.run(span, () => work((more) => void span.setAttributes({ ...more })));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      span.setAttribute('error.kind', error instanceof GatewayError ? error.kind : 'internal');
      throw error;
    } finally {
      span.end();
    }
  }

  /** A span around a request, whose end comes by another way. Returns what ends it. */
  enter(name: string, attributes: SpanAttributes, work: () => void): ((more: SpanAttributes) => void) | null {
    const span = this.start(name, attributes);
    if (span === null) {
      work();
      return null;
    }
    this.current.run(span, work);
    return (more) => {
      span.setAttributes({ ...more });
      span.end();
    };
  }

  async onApplicationShutdown(): Promise<void> {
    const timer = new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref());
    await Promise.race([this.provider?.shutdown().catch(() => undefined), timer]);
  }

  private start(name: string, attributes: SpanAttributes): Span | null {
    const parent = this.current.getStore();
    const context = parent === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, parent);
    return this.tracer?.startSpan(name, { attributes: { ...attributes } }, context) ?? null;
  }
}

function providerTo(endpoint: string, roles: readonly string[]): TracerProvider {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: FLUSH_MS });
  return new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ats-gateway', 'gateway.roles': roles.join(',') }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}
