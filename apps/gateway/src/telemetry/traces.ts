import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { isSpanContextValid, ROOT_CONTEXT, SpanStatusCode, trace, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { GatewayError, type Resource } from '#libs/model';
import { Environment } from '../config/environment.js';

/** All that a span may carry: ids, numbers and words from closed lists. Never an address, a query, a body or an error's words. */
export interface SpanAttributes {
  readonly 'tenant.id'?: string;
  readonly 'run.id'?: string;
  readonly 'run.mode'?: string;
  readonly 'run.attempt'?: number;
  readonly resource?: Resource;
  /** Its number within the run, from 1. */
  readonly page?: number;
  readonly connector?: string;
  readonly 'http.request.method'?: string;
  /** A template: what stands in its places is left out. */
  readonly 'http.route'?: string;
  readonly 'http.response.status_code'?: number;
  readonly 'error.kind'?: string;
}

const FLUSH_MS = 2000;

/** A span whose end comes by another way than its beginning. */
export interface OpenSpan {
  /** Spans and log lines of `work` belong to it. */
  within(work: () => void): void;
  end(more: SpanAttributes): void;
}

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

  /** A span around a request, below its caller's where `traceparent` (W3C Trace Context) names one. Null where nothing is traced. */
  open(name: string, attributes: SpanAttributes, traceparent: unknown): OpenSpan | null {
    const span = this.start(name, attributes, callersContext(traceparent));
    if (span === null) return null;
    return {
      within: (work) => this.current.run(span, work),
      end: (more) => {
        if ((more['http.response.status_code'] ?? 0) >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
        span.setAttributes({ ...more });
        span.end();
      },
    };
  }

  /** Of what is being done, for the log. */
  traceId(): string | undefined {
    return this.current.getStore()?.spanContext().traceId;
  }

  async onApplicationShutdown(): Promise<void> {
    const timer = new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref());
    await Promise.race([this.provider?.shutdown().catch(() => undefined), timer]);
  }

  private start(name: string, attributes: SpanAttributes, callers: Context = ROOT_CONTEXT): Span | null {
    const parent = this.current.getStore();
    const context = parent === undefined ? callers : trace.setSpan(ROOT_CONTEXT, parent);
    return this.tracer?.startSpan(name, { attributes: { ...attributes } }, context) ?? null;
  }
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function callersContext(traceparent: unknown): Context {
  const [, traceId = '', spanId = '', flags = '0'] = typeof traceparent === 'string' ? (TRACEPARENT.exec(traceparent) ?? []) : [];
  const caller = { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
  return isSpanContextValid(caller) ? trace.setSpanContext(ROOT_CONTEXT, caller) : ROOT_CONTEXT;
}

function providerTo(endpoint: string, roles: readonly string[]): TracerProvider {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces`, timeoutMillis: FLUSH_MS });
  return new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ats-gateway', 'gateway.roles': roles.join(',') }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
}
