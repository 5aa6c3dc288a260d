/** The page's frame; the script fills it. */
export const DOCUMENT = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox: Kombo</title>
<link rel="stylesheet" href="/page.css">
<script src="/page.js" defer></script>
</head>
<body>
<header>
  <h1>Sandbox <small>stands in for Kombo</small></h1>
  <p><span id="now"></span> <span id="clock"></span> <label><input type="checkbox" id="live" checked> refresh</label></p>
  <p id="said" role="status"></p>
</header>
<main>
  <section><h2>Integrations</h2><div id="integrations"></div></section>
  <section>
    <h2>Webhooks <span id="pending"></span></h2>
    <form id="sending">
      <select name="environment" aria-label="environment"><option>main</option><option>second</option></select>
      <input name="url" size="42" placeholder="http://127.0.0.1:3000/webhooks/kombo (empty: none are sent)" aria-label="url">
      <select name="body" aria-label="body"><option>compact</option><option>pretty</option></select>
      <select name="sign" aria-label="signature"><option>right</option><option>wrong</option><option>missing</option></select>
      <label>copies <input name="copies" type="number" min="1" max="100" value="1"></label>
      <label>delay ms <input name="delayMs" type="number" min="0" max="600000" value="0"></label>
      <label>lose every <input name="loseEvery" type="number" min="0" max="1000000" value="0"></label>
      <label><input name="reorder" type="checkbox"> reorder</label>
      <button>Set</button>
      <button type="button" id="forget-webhooks">Forget the log</button>
    </form>
    <div id="webhooks"></div>
  </section>
  <section>
    <h2>Faults</h2>
    <form id="fault">
      <select name="kind" aria-label="kind"></select>
      <input name="code" size="30" placeholder="code, of an error: REMOTE.SERVICE_UNAVAILABLE" aria-label="code">
      <input name="path" size="24" placeholder="path, such as /ats/jobs (every)" aria-label="path">
      <select name="integrationId" aria-label="integration"><option value="">every integration</option></select>
      <label>times <input name="times" type="number" min="1" max="1000000" value="1"></label>
      <label><input name="late" type="checkbox"> after the work is done</label>
      <button>Add</button>
      <button type="button" id="clear-faults">Remove all</button>
    </form>
    <div id="faults"></div>
  </section>
  <section>
    <h2>Requests <span id="count"></span></h2>
    <p><button type="button" id="forget-requests">Forget the log</button></p>
    <div id="requests"></div>
  </section>
</main>
</body>
</html>
`;
