/** Everything that is shown goes in as text, never as markup. No backslashes and no template literals in here: it is itself a text. */
export const SCRIPT = String.raw`'use strict';
const BASE = '/control/kombo';
const SHOWN = 50;
const HOOKS = ['data-changed', 'sync-finished', 'integration-state-changed', 'integration-created', 'integration-deleted', 'connection-flow-failed', 'brand-new-type'];
const KINDS = ['error', 'html', 'latency', 'drop', 'cut', 'broken-json', 'huge', 'loop', 'malformed', 'unknown-keys', 'unknown-enums'];
const STATES = { status: ['ACTIVE', 'INVALID', 'INACTIVE'], setupStatus: ['INCOMPLETE', 'FINAL_SYNC_PENDING', 'COMPLETED'], qaStatus: ['PENDING', 'FAILED', 'PASSED'] };
const byId = (id) => document.getElementById(id);

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.map((child) => (child instanceof Node ? child : String(child ?? ''))));
  return made;
}

const button = (text, onclick) => element('button', { type: 'button', onclick }, text);
const options = (values) => values.map((value) => element('option', { value }, value));
const cell = (value, isBad) => element('td', { className: isBad ? 'bad' : '' }, value);

function table(heads, rows) {
  const body = rows.map((cells) => element('tr', {}, ...cells.map((each) => (each instanceof Node && each.tagName === 'TD' ? each : cell(each)))));
  return element('table', {}, element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', {}, head)))), element('tbody', {}, ...body));
}

async function call(method, path, body) {
  const sent = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(BASE + path, { method, ...sent });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

async function doing(what, work) {
  try {
    const answer = await work();
    byId('said').textContent = what + ': ' + JSON.stringify(answer).slice(0, 300);
    byId('said').className = '';
  } catch (error) {
    byId('said').textContent = what + ': ' + error.message;
    byId('said').className = 'bad';
  }
  await refresh();
}

const of = (id) => '/integrations/' + encodeURIComponent(id);

function stateChoice(integration, name) {
  const select = element('select', { ariaLabel: name }, ...options(STATES[name]));
  select.value = integration.state[name];
  select.className = ['ACTIVE', 'COMPLETED', 'PASSED'].includes(select.value) ? '' : 'bad';
  select.onchange = () => doing(name, () => call('PUT', of(integration.integrationId) + '/state', { [name]: select.value }));
  return select;
}

const fired = new Map();

function webhookChoice(id) {
  const select = element('select', { ariaLabel: 'webhook' }, ...options(HOOKS));
  select.value = fired.get(id) ?? HOOKS[0];
  select.onchange = () => fired.set(id, select.value);
  return [select, button('Fire', () => doing(select.value, () => call('POST', of(id) + '/webhooks', { type: select.value })))];
}

function integrationRow(integration) {
  const id = integration.integrationId;
  const sync = (type, ends) => () => doing(type + ' ' + ends, () => call('POST', of(id) + '/sync', { type, ends }));
  const open = Object.values(integration.unsynced).reduce((sum, count) => sum + count, 0);
  return [
    element('td', {}, id, element('br'), integration.organizationName + (integration.originId === null ? '' : ', ' + integration.originId)),
    element('td', {}, ...Object.keys(STATES).map((name) => stateChoice(integration, name)), integration.state.dataExpiredAt === null ? '' : ' data expired'),
    Object.entries(integration.sizes).map(([name, count]) => count + ' ' + name).join(', ') + (open === 0 ? '' : ' (' + open + ' not synced)'),
    element('td', {}, button('Delta', sync('DELTA', 'SUCCEEDED')), button('Full', sync('FULL', 'SUCCEEDED')), button('Login refused', sync('FULL', 'AUTHENTICATION_FAILED'))),
    element('td', {}, ...webhookChoice(id)),
    element('td', {}, button('Delete', () => confirm('Delete ' + id + '?') && doing('delete', () => call('DELETE', of(id))))),
  ];
}

function showIntegrations(integrations) {
  byId('integrations').replaceChildren(table(['Integration', 'State', 'At the ATS', 'Sync', 'Webhook', ''], integrations.map(integrationRow)));
  const select = byId('fault').elements.integrationId;
  const chosen = select.value;
  const every = element('option', { value: '' }, 'every integration');
  select.replaceChildren(every, ...options(integrations.map(({ integrationId }) => integrationId)));
  select.value = chosen;
}

function showWebhooks(environments) {
  const all = Object.entries(environments).flatMap(([name, { sent }]) => sent.map((one) => ({ name, ...one })));
  all.sort((a, b) => (a.at < b.at ? 1 : -1));
  const waiting = Object.values(environments).reduce((sum, { pending }) => sum + pending, 0);
  const urls = Object.entries(environments).map(([name, { sending }]) => name + ' → ' + (sending.url ?? 'nowhere'));
  byId('pending').textContent = '(' + urls.join(', ') + (waiting === 0 ? '' : '; ' + waiting + ' under way') + ')';
  const rows = all.slice(0, SHOWN).map((one) => {
    const outcome = one.lost ? 'lost' : (one.status ?? 'no answer');
    return [one.at, one.name, one.type, one.integrationId, one.id, one.copy, cell(outcome, outcome !== 200)];
  });
  byId('webhooks').replaceChildren(table(['At', 'Environment', 'Type', 'Integration', 'Id', 'Copy', 'Answer'], rows));
}

function showFaults(faults) {
  const rows = faults.map((fault) => [
    JSON.stringify(fault.failure), fault.path ?? 'every path', fault.integrationId ?? 'every integration', fault.times ?? 'until removed', fault.late ? 'after the work' : 'at once',
    element('td', {}, button('Remove', () => doing('remove', () => call('DELETE', '/faults/' + fault.id)))),
  ]);
  byId('faults').replaceChildren(table(['Fault', 'Path', 'Integration', 'Times', 'When', ''], rows));
}

function showRequests({ count, requests }) {
  byId('count').textContent = '(' + count + ')';
  const rows = requests.toReversed().map((one) => [
    one.number, one.at, one.method, one.path, JSON.stringify(one.query), one.headers['x-integration-id'], one.body === null ? '' : JSON.stringify(one.body).slice(0, 300), cell(one.status ?? 'none', one.status !== 200),
  ]);
  byId('requests').replaceChildren(table(['', 'At', 'Method', 'Path', 'Query', 'Integration', 'Body', 'Status'], rows));
}

/** A choice that someone is just making is left alone. */
const isInUse = () => document.activeElement instanceof HTMLSelectElement && byId('integrations').contains(document.activeElement);

async function refresh() {
  const paths = ['/clock', '/integrations', '/webhooks?last=' + SHOWN, '/faults', '/requests?last=' + SHOWN];
  try {
    const [clock, integrations, webhooks, faults, requests] = await Promise.all(paths.map((path) => call('GET', path)));
    byId('now').textContent = clock.now;
    if (!isInUse()) showIntegrations(integrations.integrations);
    showWebhooks(webhooks);
    showFaults(faults.faults);
    showRequests(requests);
  } catch (error) {
    byId('said').textContent = error.message;
    byId('said').className = 'bad';
  }
}

const numberIn = (form, name) => Number(form.elements[name].value);

byId('sending').onsubmit = (event) => {
  event.preventDefault();
  const form = event.target;
  const { environment, url, body, sign, reorder } = form.elements;
  const numbers = Object.fromEntries(['copies', 'delayMs', 'loseEvery'].map((name) => [name, numberIn(form, name)]));
  const sending = { environment: environment.value, url: url.value === '' ? null : url.value, body: body.value, sign: sign.value, reorder: reorder.checked, ...numbers };
  return doing('webhooks', () => call('PUT', '/webhooks', sending));
};

byId('fault').onsubmit = (event) => {
  event.preventDefault();
  const { kind, code, path, integrationId, late } = event.target.elements;
  const fault = { kind: kind.value, times: numberIn(event.target, 'times'), late: late.checked };
  if (kind.value === 'error' && code.value !== '') fault.code = code.value;
  for (const [name, field] of Object.entries({ path, integrationId })) if (field.value !== '') fault[name] = field.value;
  return doing('fault', () => call('POST', '/faults', fault));
};

byId('fault').elements.kind.replaceChildren(...options(KINDS));
byId('clear-faults').onclick = () => doing('faults', () => call('DELETE', '/faults'));
byId('forget-webhooks').onclick = () => doing('webhooks', () => call('DELETE', '/webhooks'));
byId('forget-requests').onclick = () => doing('requests', () => call('DELETE', '/requests'));
for (const [text, advanceSeconds] of [['+1 minute', 60], ['+1 hour', 3600], ['+1 day', 86400], ['+14 days', 1209600]])
  byId('clock').append(button(text, () => doing(text, () => call('POST', '/clock', { advanceSeconds }))));
setInterval(() => { if (byId('live').checked && !document.hidden) void refresh(); }, 2000);
void refresh();
`;
