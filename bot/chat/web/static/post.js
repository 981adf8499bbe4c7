// Sends what one does. Resolves to whether the server took it; says so when not.
const log = document.getElementById("log");
const trouble = document.getElementById("trouble");

export const speaker = log.dataset.speaker;

export async function post(address, body) {
  trouble.textContent = "";
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ speaker, ...body }),
    });
  } catch {
    trouble.textContent = trouble.dataset.offline;
    return false;
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    if (answer.go) {
      location.assign(answer.go);
      return true;
    }
    // The page's own words are drawn by the server, in one language.
    if (answer.language !== document.documentElement.lang) location.reload();
    return true;
  }
  trouble.textContent = answer.message ?? trouble.dataset.offline;
  if (response.status === 401 || response.status === 409) location.reload();
  return false;
}
