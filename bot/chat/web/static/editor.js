// A comfortable place for code: Tab, indentation, line numbers, a draft that survives.
const INDENT = "    ";

export function furnish(editor, draft) {
  const area = editor.querySelector("textarea");
  const gutter = editor.querySelector(".gutter");
  const key = `draft/${draft}/${area.name}`;
  let leaving = false;

  const draw = () => {
    const lines = area.value.split("\n").length;
    gutter.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
    area.rows = Math.max(8, lines + 1);
    gutter.scrollTop = area.scrollTop;
  };

  area.value = sessionStorage.getItem(key) ?? area.value;
  draw();
  area.addEventListener("input", () => {
    sessionStorage.setItem(key, area.value);
    draw();
  });
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
  area.addEventListener("blur", () => { leaving = false; });
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      area.form.requestSubmit();
    } else if (event.key === "Escape") {
      // Otherwise who has only a keyboard would never get out.
      leaving = true;
    } else if (event.key === "Tab" && !leaving && !event.ctrlKey && !event.altKey) {
      event.preventDefault();
      if (event.shiftKey) dedent(area);
      else indent(area);
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      const line = area.value.slice(0, area.selectionStart).split("\n").pop();
      const deeper = /:\s*(#.*)?$/.test(line) ? INDENT : "";
      insert(area, "\n" + line.match(/^\s*/)[0] + deeper);
    } else if (!["Shift", "Control", "Alt", "Meta", "Tab"].includes(event.key)) {
      leaving = false;
    }
  });
}

// The only way that keeps the browser's undo.
function insert(area, text) {
  area.focus();
  document.execCommand("insertText", false, text);
}

function selectedLines(area) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const next = area.value.indexOf("\n", area.selectionEnd);
  return [start, next === -1 ? area.value.length : next];
}

function indent(area) {
  const { selectionStart, selectionEnd, value } = area;
  if (!value.slice(selectionStart, selectionEnd).includes("\n")) {
    const column = selectionStart - (value.lastIndexOf("\n", selectionStart - 1) + 1);
    insert(area, INDENT.slice(column % INDENT.length));
    return;
  }
  reshape(area, (line) => (line ? INDENT + line : line));
}

function dedent(area) {
  reshape(area, (line) => line.replace(/^( {1,4}|\t)/, ""));
}

function reshape(area, change) {
  const [start, end] = selectedLines(area);
  const before = area.value.slice(start, end);
  const after = before.split("\n").map(change).join("\n");
  if (after === before) return;
  const caret = area.selectionStart;
  const single = !before.includes("\n");
  area.setSelectionRange(start, end);
  insert(area, after);
  if (single) {
    const place = Math.max(start, caret + after.length - before.length);
    area.setSelectionRange(place, place);
  } else {
    area.setSelectionRange(start, start + after.length);
  }
}
