// Native dialogs and details: opening, closing, Escape and a click beside them.

function closeMenusBeside(target) {
  for (const menu of document.querySelectorAll("details.sf-menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  const dialog = opener && document.getElementById(opener.dataset.open);
  if (dialog?.showModal) {
    event.preventDefault();
    dialog.showModal();
  }
  event.target.closest("[data-close]")?.closest("dialog")?.close();
  event.target.closest("[data-dismiss]")?.closest("[data-dismissible]")?.remove();
  if (event.target.closest("[data-print]")) window.print();
  closeMenusBeside(event.target);
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details.sf-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("focusin", (event) => closeMenusBeside(event.target));

// A link to a place inside closed details opens them first.
function openAround() {
  const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const box = place && place.closest("details");
  if (box) box.open = true;
}
window.addEventListener("hashchange", openAround);
openAround();
