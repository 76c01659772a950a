// The speaking order by hand: drag a line, or move it with the arrow keys; the form below is filled in, and still says why.
const list = document.getElementById("order");
const form = document.getElementById("move");
const how = document.getElementById("how");
if (list && form) {
  how.textContent = how.dataset.drag;
  let held = null;
  const lines = () => [...list.children];
  const fill = (line) => {
    form.elements.who.value = line.dataset.who;
    form.elements.to.value = lines().indexOf(line) + 1;
    for (const other of lines()) other.classList.toggle("at", other === line);
  };
  for (const line of lines()) {
    line.draggable = true;
    line.tabIndex = 0;
    line.addEventListener("dragstart", (event) => {
      held = line;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", line.dataset.who);
    });
    line.addEventListener("dragover", (event) => {
      event.preventDefault();
      if (!held || held === line) return;
      const box = line.getBoundingClientRect();
      line[event.clientY < box.top + box.height / 2 ? "before" : "after"](held);
    });
    line.addEventListener("dragend", () => {
      fill(line);
      held = null;
      form.elements.reason.focus();
    });
    line.addEventListener("keydown", (event) => {
      const beside = { ArrowUp: line.previousElementSibling, ArrowDown: line.nextElementSibling }[event.key];
      if (event.key === "Enter") form.elements.reason.focus();
      if (!beside) return;
      event.preventDefault();
      beside[event.key === "ArrowUp" ? "before" : "after"](line);
      line.focus();
      fill(line);
    });
  }
}
