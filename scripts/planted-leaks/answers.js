/** Mistakes that show in answers. */
export const ANSWERS = [
  {
    name: 'answer-quotes-source',
    mistake: "passes the source's own words on as the detail of a problem",
    place: /^answer 4\d\d to POST .*\/check$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/errors.ts',
        search: 'error: new GatewayError(meaning.kind, { context }) };',
        replace: "error: new GatewayError(meaning.kind, { context, detail: JSON.stringify(own(envelope, 'error')) }) };",
      },
    ],
  },
  {
    name: 'answer-quotes-title',
    mistake: "puts the source's title of an error into the context",
    place: /^answer 4\d\d to POST .*\/check$/,
    edits: [
      {
        file: 'libs/connectors/src/kombo/errors.ts',
        search: '  const context = { status: answer.status, code };',
        replace:
          "  const told = own(envelope, 'error');\n  const context = { status: answer.status, code, title: isObject(told) ? String(own(told, 'title')) : null };",
      },
    ],
  },
  {
    name: 'answer-quotes-value',
    mistake: 'repeats the value that did not validate',
    place: /^answer 400/,
    edits: [
      { file: 'apps/gateway/src/http/validation.ts', search: 'value: false }', replace: 'value: true }' },
      {
        file: 'apps/gateway/src/http/validation.ts',
        search: "detail: namesOf(errors).slice(0, 10).join('; ') })",
        replace: "detail: `${namesOf(errors).slice(0, 10).join('; ')}: ${JSON.stringify(errors.map(({ value }) => value))}` })",
      },
    ],
  },
  {
    name: 'answer-quotes-body',
    mistake: "answers with the JSON parser's own words, which quote the body",
    place: /^answer 400/,
    edits: [
      {
        file: 'apps/gateway/src/webhooks/raw-body.ts',
        search: '    } catch {\n',
        replace: '    } catch (error) {\n      if (error instanceof Error) return done(Object.assign(error, { statusCode: 400 }));\n',
      },
      {
        file: 'apps/gateway/src/http/problem-of.ts',
        search: '  const detail = BODY_FAULTS[status];\n',
        replace: '  const detail = error instanceof SyntaxError ? error.message : BODY_FAULTS[status];\n',
      },
    ],
  },
  {
    name: 'answer-names-models',
    mistake: "names what the source collects beyond the agreement in the source's words",
    place: /^answer 200 to GET /,
    edits: [
      {
        file: 'libs/connectors/src/kombo/drift.ts',
        search: "typeof id === 'string' && OTHERS.has(id) ? id : '*'",
        replace: 'String(id)',
      },
    ],
  },
  {
    name: 'answer-names-account',
    mistake: "names the customer's organisation as the source calls it in the state of an integration",
    place: /^answer 200 to GET /,
    edits: [
      {
        file: 'libs/connectors/src/kombo/check.ts',
        search: "drift: driftOf(own(integration, 'read_models')) };",
        replace:
          "drift: { excess: [JSON.stringify(own(integration, 'end_user'))], lacking: driftOf(own(integration, 'read_models'))?.lacking ?? [] } };",
      },
    ],
  },
  {
    name: 'event-names-stage',
    mistake: 'tells whoever subscribes what the stage is called that an application came into',
    place: /^deliveries$/,
    edits: [
      {
        file: 'libs/store/src/records/write.ts',
        search: "'stageId', w.stage_id) end",
        replace: "'stageId', w.stage_id, 'stageName', w.stage_name) end",
      },
    ],
  },
  {
    name: 'delivery-quotes-receiver',
    mistake: "keeps and shows a receiver's own words as what went wrong with a delivery",
    place: /^(rows of public\.subscription_delivery|answer 200 to GET .*\/deliveries)$/,
    edits: [
      {
        file: 'apps/gateway/src/events/posting.ts',
        search: 'judged({ statusCode: status = 0, headers }: IncomingMessage)',
        replace: 'judged({ statusCode: status = 0, headers, statusMessage }: IncomingMessage)',
      },
      { file: 'apps/gateway/src/events/posting.ts', search: "? 'redirect' : 'status'", replace: "? 'redirect' : (statusMessage as any)" },
    ],
  },
];
