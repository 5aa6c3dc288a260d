/** Mistakes that show in metrics and traces. */
export const TELEMETRY = [
  {
    name: 'count-by-address',
    mistake: 'counts requests by their address instead of their route',
    place: /^answer 200 to GET \/metrics$/,
    edits: [
      {
        file: 'apps/gateway/src/http/request-log.ts',
        search: 'metrics.requestEnded({ method, route,',
        replace: 'metrics.requestEnded({ method, route: request.url,',
      },
    ],
  },
  {
    name: 'count-answers-by-title',
    mistake: "counts failed calls by the source's own title of the error",
    place: /^answer 200 to GET \/metrics$/,
    edits: [
      {
        file: 'apps/gateway/src/integrations/calls.ts',
        search: "const outcome = 'answer' in result ? String(result.answer.status)",
        replace:
          'const outcome = \'answer\' in result ? (JSON.stringify(result.answer.json)?.match(/"title":"([^"]*)/)?.[1] ?? String(result.answer.status))',
      },
    ],
  },
  {
    name: 'trace-address',
    mistake: 'puts the address of a request with its query into its span, as ready-made instrumentation does',
    place: /^traces$/,
    edits: [
      {
        file: 'apps/gateway/src/http/request-log.ts',
        search: "'http.route': route }",
        replace: "'http.route': route, 'url.full': request.url }",
      },
    ],
  },
  {
    name: 'trace-answer',
    mistake: "puts the source's answer into the span of a call",
    place: /^traces$/,
    edits: [
      {
        file: 'apps/gateway/src/integrations/calls.ts',
        search: "set({ 'http.response.status_code': result.answer.status })",
        replace:
          "set({ 'http.response.status_code': result.answer.status, ...{ body: JSON.stringify(result.answer.json)?.slice(0, 4000) } })",
      },
    ],
  },
];
