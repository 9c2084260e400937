// Forms: sent once, sent by a change, and not lost by leaving.

const unsaved = new Set();

document.addEventListener("change", (event) => {
  if (event.target.closest("[data-autosubmit]")) event.target.form?.requestSubmit();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-guard]");
  if (form) unsaved.add(form);
});

// A form that htmx sends has been stopped before it comes here.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  unsaved.delete(event.target);
  const button = event.submitter;
  if (!button) return;
  // A second press of the same button is refused while the first one is on its way.
  if (button.getAttribute("aria-busy") === "true") event.preventDefault();
  else button.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.requestConfig?.triggeringEvent?.submitter?.setAttribute("aria-busy", "true");
});

document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.requestConfig?.triggeringEvent?.submitter?.removeAttribute("aria-busy");
  if (event.detail.successful) unsaved.delete(event.detail.elt.closest?.("form"));
});

window.addEventListener("beforeunload", (event) => {
  if ([...unsaved].some((form) => form.isConnected)) event.preventDefault();
});

window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll('button[aria-busy="true"]')) button.removeAttribute("aria-busy");
});
