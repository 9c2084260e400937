// A part that htmx replaced says what it now holds, and keeps the keyboard where it was.

document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.target.closest?.("[data-announce]");
  const words = part?.querySelector("[data-announced]");
  if (!words) return;
  const region = document.getElementById(part.dataset.announce);
  if (region) region.textContent = words.textContent.trim().replace(/\s+/g, " ");
  if (document.activeElement === document.body) words.focus();
});
