// What the coach says of a request, beside each field, while one writes. Without this the Check button does it.
(function () {
  'use strict';
  var form = document.getElementById('request');
  if (!form || !window.fetch || !window.AbortController) return;
  var fields = ['request', 'target', 'connector', 'subject', 'cover_note', 'pitch'];
  var waiting, asking, sent;

  function paragraph(finding) {
    var out = document.createElement('p'), what = document.createElement('strong');
    out.className = finding.severity === 'blocks' ? 'finding blocks' : 'finding';
    what.textContent = finding.what;
    out.append(what, finding.hint);
    return out;
  }
  // Nobody is told off for what they have not begun to write. What has not changed is not said again.
  function show(name, findings) {
    var place = document.getElementById(name + '-findings'), field = form.elements[name];
    if (!place || (field && 'value' in field && !field.value.trim())) findings = [];
    var said = JSON.stringify(findings);
    if (!place || place.dataset.said === said) return;
    place.dataset.said = said;
    place.replaceChildren.apply(place, findings.map(paragraph));
  }
  function written() {
    var out = {};
    new FormData(form).forEach(function (value, name) { if (name !== 'nonce') out[name] = value; });
    return JSON.stringify(out);
  }
  function ask() {
    var body = written();
    if (body === sent) return;
    sent = body;
    if (asking) asking.abort();
    asking = new AbortController();
    fetch('/coach', { method: 'POST', body: body, signal: asking.signal, credentials: 'same-origin',
                      headers: { 'Content-Type': 'application/json' } })
      .then(function (answer) { return answer.ok ? answer.json() : Promise.reject(answer.status); })
      .then(function (answer) {
        fields.forEach(function (name) { show(name, answer.findings[name] || []); });
      })
      .catch(function () {});  // the button is still there
  }
  form.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 700);
  });
})();
