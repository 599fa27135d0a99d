
// Posts the form at the first sign of a person. Whoever has no script, or is in doubt, presses the button.
(function () {
  'use strict';
  var form = document.getElementById('decide');
  var visit = performance.getEntriesByType('navigation')[0];
  if (!form || document.prerendering || !visit || visit.type !== 'navigate') return;
  var signs = ['pointerdown', 'pointermove', 'touchstart', 'keydown'];
  function stop() { signs.forEach(function (name) { removeEventListener(name, decide, true); }); }
  function decide(event) {
    if (!event.isTrusted || document.visibilityState !== 'visible' || !document.hasFocus()) return;
    stop();
    // Somebody who reaches for another answer, or for the note, wants that instead.
    if (event.target.closest && event.target.closest('a, button, input, textarea, label, select')) return;
    form.submit();
  }
  function decide_when_visible() {
    if (document.visibilityState !== 'visible') return;
    document.removeEventListener('visibilitychange', decide_when_visible);
    form.submit();
  }
  if (form.dataset.when === 'at-once') {
    document.addEventListener('visibilitychange', decide_when_visible);
    decide_when_visible();
  } else {
    signs.forEach(function (name) { addEventListener(name, decide, { capture: true, passive: true }); });
  }
})();
