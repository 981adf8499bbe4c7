// The line one types: sending, recalling earlier lines, growing with its text.
import { Completion } from "./completion.js";
import { scrollToEnd } from "./log.js";
import { post } from "./post.js";

const form = document.getElementById("composer");
const line = document.getElementById("line");
const completion = new Completion(line);
const earlier = [];
let recalled = 0;

export function openComposer() {
  for (const said of document.querySelectorAll(".said .bubble:not(:has(pre))")) {
    earlier.push(said.querySelector(".words").textContent);
  }
  recalled = earlier.length;
  line.addEventListener("input", fit);
  line.addEventListener("keydown", onKey);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  document.getElementById("show-commands").addEventListener("click", () => {
    write("/");
    line.focus();
    completion.ask();
  });
  // A line may be there already: typed before this script came, or kept on a reload.
  fit();
  line.focus();
  completion.ask();
}

function fit() {
  line.style.height = "auto";
  line.style.height = `${line.scrollHeight + 2}px`;
}

function write(text) {
  line.value = text;
  line.setSelectionRange(text.length, text.length);
  fit();
}

function onKey(event) {
  // Enter then ends a word of an input method, it does not send.
  if (event.isComposing || completion.takes(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  } else if (event.key === "ArrowUp" && isOnEdge(0)) {
    recall(event, recalled - 1);
  } else if (event.key === "ArrowDown" && isOnEdge(line.value.length)) {
    recall(event, recalled + 1);
  }
}

const isOnEdge = (edge) =>
  line.selectionStart === line.selectionEnd &&
  (line.selectionStart === edge || !line.value.includes("\n"));

function recall(event, index) {
  if (index < 0 || index > earlier.length) return;
  event.preventDefault();
  recalled = index;
  write(earlier[index] ?? "");
}

async function send() {
  const text = line.value.trim();
  if (!text) return;
  completion.close();
  write("");
  scrollToEnd();
  if (await post("/send", { text })) {
    if (earlier.at(-1) !== text) earlier.push(text);
    recalled = earlier.length;
  } else if (!line.value) {
    write(text);
  }
}
