// Ticking many rows: all at once, and a bar that says how many and how much money.
import { wonWords } from "./money.js";

function boxesOf(form, name) {
  return [...(form?.querySelectorAll('input[type="checkbox"]') ?? [])].filter((box) => box.name === name);
}

function follow(form) {
  for (const bar of form?.querySelectorAll("[data-bulk]") ?? []) {
    const boxes = boxesOf(form, bar.dataset.bulk);
    const ticked = boxes.filter((box) => box.checked);
    const all = form.querySelector(`[data-check-all="${bar.dataset.bulk}"]`);
    if (all) {
      all.checked = ticked.length > 0 && ticked.length === boxes.length;
      all.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
    }
    say(bar, ticked);
  }
}

function say(bar, ticked) {
  const status = bar.querySelector("[data-bulk-status]");
  bar.classList.toggle("is-active", ticked.length > 0);
  if (!status) return;
  status.dataset.bulkIdle ??= status.textContent;
  const sum = ticked.reduce((total, box) => total + Number(box.dataset.amount || 0), 0);
  status.textContent = ticked.length
    ? status.dataset.bulkWords.replace("{n}", ticked.length).replace("{sum}", wonWords(sum))
    : status.dataset.bulkIdle;
}

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "checkbox") return;
  if (field.matches("[data-check-all]")) {
    for (const box of boxesOf(field.form, field.dataset.checkAll)) box.checked = field.checked;
  }
  follow(field.form);
});

// The browser restores ticks when one comes back to the page.
window.addEventListener("pageshow", () => {
  for (const bar of document.querySelectorAll("[data-bulk]")) follow(bar.closest("form"));
});
