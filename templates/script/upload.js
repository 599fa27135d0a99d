// The form for files, with dropping and a bar. Without it the form works all the same.
(function () {
  'use strict';
  var form = document.getElementById('upload'), files = document.getElementById('files'),
      drop = document.getElementById('drop'), state = document.getElementById('upload-state'),
      bar = document.getElementById('upload-progress'), words = document.getElementById('upload-text');
  if (!form || !window.FormData || !window.DataTransfer) return;
  document.getElementById('drop-hint').hidden = false;

  function over(event) { event.preventDefault(); drop.classList.add('over'); }
  function out() { drop.classList.remove('over'); }
  drop.addEventListener('dragover', over);
  drop.addEventListener('dragleave', out);
  drop.addEventListener('drop', function (event) {
    event.preventDefault();
    out();
    if (event.dataTransfer.files.length) files.files = event.dataTransfer.files;
  });

  function say(text) { state.hidden = false; words.textContent = text; }

  form.addEventListener('submit', function (event) {
    event.preventDefault();
    // Past the limit the server stops reading, and the browser would say that the connection broke.
    var size = 0, most = Number(files.dataset.most);
    for (var i = 0; i < files.files.length; i += 1) size += files.files[i].size;
    if (size > most * 1e6) {
      say('These are ' + Math.ceil(size / 1e6) + ' MB; up to ' + most + ' MB are read at once. Send them one by one, ' +
          'or of a large archive Connections.csv alone.');
      return;
    }
    var request = new XMLHttpRequest();
    request.upload.onprogress = function (progress) {
      var percent = progress.total ? Math.round(100 * progress.loaded / progress.total) : 0;
      bar.value = percent;
      say(percent < 100 ? percent + ' % sent' : 'Sent. One moment...');
    };
    request.onload = function () {
      if (request.status < 300) { location.assign(request.responseURL); return; }
      var page = new DOMParser().parseFromString(request.responseText, 'text/html');
      var told = page.querySelector('main');
      if (told) document.querySelector('main').replaceWith(told);
      else say(request.responseText);
    };
    request.onerror = function () { say('It did not arrive. Please try again.'); };
    request.open('POST', form.action);
    request.send(new FormData(form));
    say('0 % sent');
  });
})();
