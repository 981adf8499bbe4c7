import "./zone.js";

document.getElementById("person-name").focus();
