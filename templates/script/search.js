// Results while one types: the search page itself is fetched, and what it found is put in place. Without this
// the button does the same.
(function () {
  'use strict';
  var form = document.getElementById('search'), words = document.getElementById('q');
  var found = document.getElementById('found');
  if (!form || !window.fetch || !window.AbortController) return;
  var waiting, asking, shown = words.value.trim();

  function show(html) {
    var page = new DOMParser().parseFromString(html, 'text/html').getElementById('found');
    if (page) found.replaceChildren.apply(found, Array.from(page.childNodes));
  }
  function ask() {
    var wanted = words.value.trim();
    if (wanted === shown || (wanted.length < 2 && wanted !== '')) return;
    if (asking) asking.abort();
    asking = new AbortController();
    fetch('/people?q=' + encodeURIComponent(wanted), { signal: asking.signal, credentials: 'same-origin' })
      .then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer.status); })
      .then(function (html) {
        shown = wanted;
        show(html);
        history.replaceState(null, '', wanted ? '/people?q=' + encodeURIComponent(wanted) : '/people');
      })
      .catch(function () {});  // the button is still there
  }
  words.addEventListener('input', function () {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 200);
  });
})();
