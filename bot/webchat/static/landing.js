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
    var begin = document.querySelector("#begin button");
    var start = document.querySelector("#begin input").value;
    place.querySelector("a").href = "/chat/" + last + "/" + (start ? "?start=" + start : "");
    place.hidden = false;
    // who comes back wants the chat there is; another person at the same machine gets a new one, and sees that it is new
    begin.textContent = begin.dataset.again;
    begin.classList.add("quiet");
  }
})();
