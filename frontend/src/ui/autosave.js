// A form that saves by itself says so when it could not: no answer, or one that is no save.

function told(event) {
  const form = event.detail.elt?.closest?.("form[data-save-failed]");
  const line = form && document.querySelector(form.getAttribute("hx-target"));
  if (!line) return;
  line.setAttribute("role", "alert");
  line.textContent = form.dataset.saveFailed;
}

document.addEventListener("htmx:responseError", told);
document.addEventListener("htmx:sendError", told);
