
// Posts the form at the first sign of a person. Whoever has no script, or is in doubt, presses the button.
(function () {
  'use strict';
  var form = document.getElementById('decide');
  var visit = performance.getEntriesByType('navigation')[0];
  if (!form || document.prerendering || !visit || visit.type !== 'navigate') return;
  var signs = ['pointerdown', 'pointermove', 'touchstart', 'keydown'];
  function stop() { signs.forEach(function (name) { removeEventListener(name, decide, true); }); }
  // Ctrl+W and Escape lead away from here, Tab to another answer.
  function is_sign(event) {
    if (!event.isTrusted || document.visibilityState !== 'visible' || !document.hasFocus()) return false;
    if (event.type !== 'keydown') return true;
    return !(event.ctrlKey || event.altKey || event.metaKey || /^(Tab|Escape|Shift|Control|Alt|Meta)$/.test(event.key));
  }
  function decide(event) {
    if (!is_sign(event)) return;
    stop();
    // Whoever presses another answer, or into the note, wants that instead; a pointer only comes by there.
    var control = event.target.closest && event.target.closest('a, button, input, textarea, label, select');
    if (control && event.type !== 'pointermove') return;
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
