"use strict";
// The chat this browser was in last, if any: its secret is in a cookie no script can read.
(function () {
  var last = null;
  try {
    last = window.localStorage.getItem("last-chat");
  } catch (blocked) {
    return; // storage is switched off: there is just the way in
  }
  if (last && /^[A-Za-z0-9_-]{1,80}$/.test(last)) {
    var place = document.getElementById("go-on");
    place.querySelector("a").href = "/chat/" + last + "/";
    place.hidden = false;
  }
})();
