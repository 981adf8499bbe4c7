// What an entry of the log can do: its buttons, selects, forms, editors and times.
import { furnish } from "./editor.js";
import { post } from "./post.js";

const lang = document.documentElement.lang;
const clock = new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit" });
const moment = new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short" });

export function dress(entry) {
  for (const button of entry.querySelectorAll("button[data-action]")) {
    button.addEventListener("click", () => press(button, JSON.parse(button.dataset.action)));
  }
  for (const form of entry.querySelectorAll("form[data-action]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      press(form.querySelector("[type=submit]"), actionOf(form));
    });
  }
  for (const editor of entry.querySelectorAll("[data-editor]")) {
    furnish(editor, `${entry.id}/${document.getElementById("log").dataset.speaker}`);
  }
  for (const time of entry.querySelectorAll("time[data-clock]")) {
    time.textContent = clock.format(new Date(time.dateTime));
    time.title = moment.format(new Date(time.dateTime));
  }
  for (const time of entry.querySelectorAll("time[data-moment]")) {
    time.textContent = moment.format(new Date(time.dateTime));
  }
}

function actionOf(form) {
  const { path, options } = JSON.parse(form.dataset.action);
  if (form.dataset.option) {
    options[form.dataset.option] = form.querySelector("select").value;
  } else {
    for (const [name, value] of new FormData(form)) {
      options[name] = value.replaceAll("\r\n", "\n");
    }
  }
  return { path, options };
}

async function press(button, action) {
  if (button.disabled) return;
  const hadFocus = document.activeElement === button;
  button.disabled = true;
  await post("/press", action);
  button.disabled = false;
  if (hadFocus && document.activeElement === document.body) button.focus();
}
