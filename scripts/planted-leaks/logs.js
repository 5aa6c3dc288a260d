/** Mistakes that show in what the gateway prints. */
export const LOGS = [
  {
    name: 'log-answer-body',
    mistake: 'prints every answer of the source, to see what it sends',
    place: /^log$/,
    edits: [
      {
        file: 'libs/connectors/src/http/attempt.ts',
        search: '  const json = parseJson(data);\n',
        replace: "  const json = parseJson(data);\n  process.stdout.write(`answer ${status}: ${data.toString('utf8')}\\n`);\n",
      },
    ],
  },
  {
    name: 'log-answer-headers',
    mistake: "prints the source's response headers",
    place: /^log$/,
    edits: [
      {
        file: 'libs/connectors/src/http/attempt.ts',
        search: '  const json = parseJson(data);\n',
        replace: '  const json = parseJson(data);\n  process.stderr.write(`${JSON.stringify(rawHeaders)}\\n`);\n',
      },
    ],
  },
  {
    name: 'log-unreadable-body',
    mistake: 'prints an answer that is no JSON, and only that',
    place: /^log$/,
    edits: [
      {
        file: 'libs/connectors/src/http/body.ts',
        search: '  } catch {\n    return undefined;',
        replace:
          "  } catch {\n    process.stderr.write(`not JSON: ${bytes.subarray(0, 2000).toString('base64')}\\n`);\n    return undefined;",
      },
    ],
  },
  {
    name: 'log-database-error',
    mistake: 'prints an error of the database as it came: its detail quotes the refused row',
    place: /^log$/,
    edits: [
      {
        file: 'libs/store/src/database-error.ts',
        search: '  if (error instanceof GatewayError) return error;\n  const lost',
        replace: '  if (error instanceof GatewayError) return error;\n  console.error(error);\n  const lost',
      },
    ],
  },
  {
    name: 'log-statements',
    mistake: 'prints statements with their parameters',
    place: /^log$/,
    edits: [
      {
        file: 'libs/store/src/transaction.ts',
        search: '    const { rows } = await',
        replace: '    process.stdout.write(`${sql} ${JSON.stringify(parameters)}\\n`);\n    const { rows } = await',
      },
    ],
  },
  {
    name: 'log-request-address',
    mistake: 'logs the address of a request beside its route: a filter names a person',
    place: /^log$/,
    edits: [
      {
        file: 'apps/gateway/src/http/request-log.ts',
        search: "event: 'request',",
        replace: "event: 'request', ...{ address: request.url },",
      },
    ],
  },
  {
    name: 'log-requests-by-fastify',
    mistake: 'leaves the log of requests to the HTTP server, whose lines hold the address',
    place: /^log$/,
    edits: [
      {
        file: 'apps/gateway/src/gateway.ts',
        search: 'bodyLimit: BODY_LIMIT_BYTES,',
        replace: 'logger: true, bodyLimit: BODY_LIMIT_BYTES,',
      },
    ],
  },
  {
    name: 'log-refused-token',
    mistake: 'prints a token that was refused, to help whoever sent it',
    place: /^log$/,
    edits: [
      {
        file: 'apps/gateway/src/http/tokens.ts',
        search: "    } catch {\n      throw new GatewayError('unauthenticated');",
        replace: "    } catch {\n      console.warn('refused token', token);\n      throw new GatewayError('unauthenticated');",
      },
    ],
  },
  {
    name: 'log-forged-webhook',
    mistake: 'prints the body of a webhook whose signature does not match',
    place: /^log$/,
    edits: [
      {
        file: 'apps/gateway/src/webhooks/kombo-webhooks.controller.ts',
        search: 'const rawBody = rawBodyOf(body);\n',
        replace: "const rawBody = rawBodyOf(body);\n    console.info('webhook', rawBody.toString('hex'));\n",
      },
    ],
  },
  {
    name: 'log-settings',
    mistake: 'prints the configuration at the start, secrets included',
    place: /^log$/,
    edits: [
      {
        file: 'apps/gateway/src/gateway.ts',
        search: '  const url = await app.getUrl();\n',
        replace: "  const url = await app.getUrl();\n  console.info('configuration', JSON.stringify(app.get(Environment)));\n",
      },
    ],
  },
];
