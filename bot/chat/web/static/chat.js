import { openComposer } from "./composer.js";
import { openLog } from "./log.js";
import "./zone.js";

openLog();
openComposer();

// The people's card closes as menus do.
const people = document.getElementById("people");
document.addEventListener("pointerdown", (event) => {
  if (!people.contains(event.target)) people.open = false;
});
people.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !people.open) return;
  people.open = false;
  people.querySelector("summary").focus();
});
