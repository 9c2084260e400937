// A part that htmx asks for again and again can be stopped by the reader.

const stopped = new Set();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-stop-polling]");
  if (!button) return;
  const id = button.dataset.stopPolling;
  const stop = !stopped.has(id);
  if (stop) stopped.add(id);
  else stopped.delete(id);
  button.setAttribute("aria-pressed", String(stop));
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const part = event.detail.elt;
  const polls = part.getAttribute("hx-trigger")?.includes("every ") && !event.detail.requestConfig?.triggeringEvent;
  if (polls && (document.hidden || stopped.has(part.id))) event.preventDefault();
});
