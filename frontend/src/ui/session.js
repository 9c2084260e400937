// Says before a sign-in ends, and extends it without leaving what one is writing.

const WARN_SECONDS = 300;
const dialog = document.querySelector("dialog[data-session-seconds]");
let timer = 0;

function startAgain(seconds) {
  clearTimeout(timer);
  // Longer waits than a day overflow the browser's timer, and nobody leaves a page open so long.
  const wait = Math.max(seconds - WARN_SECONDS, 1);
  if (wait < 86400) timer = setTimeout(() => dialog.showModal(), wait * 1000);
}

async function extend(form) {
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (answer.status !== 204) return location.reload();
  dialog.close();
  startAgain(Number(dialog.dataset.sessionSeconds));
}

if (dialog) {
  startAgain(Number(dialog.dataset.sessionSeconds));
  dialog.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-session-extend]")) return;
    event.preventDefault();
    event.stopPropagation();
    extend(event.target).catch(() => location.reload());
  });
  // Every answer to a request of this page has renewed the session already.
  document.addEventListener("htmx:afterRequest", () => startAgain(Number(dialog.dataset.sessionSeconds)));
}
