"use strict";
// The clock above every page of the demonstration: shows its time, moves it on.
(function () {
  const bar = document.getElementById("demo-bar");
  const time = document.getElementById("demo-time");
  const buttons = Array.from(bar.querySelectorAll("button[data-days]"));

  function show(answer) {
    if (!answer.ok) throw new Error("refused");
    return answer.json().then(function (told) { time.textContent = told.shown; });
  }

  function look() {
    if (!document.hidden && !buttons[0].disabled) fetch("/demo/clock").then(show).catch(function () {});
  }

  buttons.forEach(function (button) {
    button.addEventListener("click", function () {
      buttons.forEach(function (one) { one.disabled = true; });
      time.textContent = bar.dataset.moving;
      fetch("/demo/clock?days=" + button.dataset.days, { method: "POST" })
        .then(show)
        .catch(function () { time.textContent = bar.dataset.failed; })
        .then(function () {
          buttons.forEach(function (one) { one.disabled = false; });
          button.focus();
        });
    });
  });

  window.setInterval(look, 5000); // another tab may have moved it
  document.addEventListener("visibilitychange", look);
})();
