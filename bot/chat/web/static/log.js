// The log: entries as the server sends them, each new or in place of itself.
import { dress } from "./entry.js";
import { speaker } from "./post.js";

const log = document.getElementById("log");
const connection = document.getElementById("connection");
const toNewest = document.getElementById("to-newest");
// Pixels from the end within which one is reading the newest.
const NEAR = 80;

const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < NEAR;

export function scrollToEnd() {
  log.scrollTop = log.scrollHeight;
}

export function openLog() {
  for (const entry of log.querySelectorAll(".intro, .entry")) dress(entry);
  scrollToEnd();
  log.addEventListener("scroll", () => { if (isAtEnd()) toNewest.hidden = true; });
  toNewest.addEventListener("click", () => {
    scrollToEnd();
    document.getElementById("line").focus();
  });
  listen();
}

function listen() {
  const query = new URLSearchParams({ after: log.dataset.revision, speaker });
  const updates = new EventSource(`/updates?${query}`);
  updates.addEventListener("open", () => { connection.textContent = ""; });
  updates.addEventListener("error", () => {
    connection.textContent = connection.dataset.lost;
    // The server refused: somebody else speaks from this browser now.
    if (updates.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 2000);
  });
  updates.addEventListener("entry", (event) => {
    const { id, html } = JSON.parse(event.data);
    const stay = !isAtEnd();
    const isNew = put(id, html);
    if (stay) toNewest.hidden = !isNew && toNewest.hidden;
    else scrollToEnd();
  });
}

// The HTML is the server's, and it escaped every word in it.
function put(id, html) {
  const old = document.getElementById(`entry-${id}`);
  const template = document.createElement("template");
  template.innerHTML = html;
  const entry = template.content.firstElementChild;
  if (!entry) {
    old?.remove();
    return false;
  }
  dress(entry);
  if (old) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(entry);
    if (hadFocus) document.getElementById("line").focus();
    return false;
  }
  const entries = [...log.querySelectorAll(".entry")];
  const later = entries.find((one) => Number(one.dataset.entry) > id);
  log.insertBefore(entry, later ?? null);
  // A form that was just asked for is where one goes on, unless one writes already.
  const field = entry.querySelector(".sheet :is(textarea, input, select)");
  const line = document.getElementById("line");
  if (field && document.activeElement === line && !line.value) {
    field.focus({ preventScroll: true });
  }
  return true;
}
