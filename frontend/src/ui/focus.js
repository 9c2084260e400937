// Where the focus goes when a page or a part of it appears.

export function focusFirst(root) {
  const target = root.matches?.("[data-autofocus]") ? root : root.querySelector?.("[data-autofocus]");
  if (!target) return;
  if (target.tabIndex < 0 && !target.hasAttribute("tabindex")) target.tabIndex = -1;
  target.focus();
}

document.addEventListener("htmx:afterSettle", (event) => focusFirst(event.target));
