// Small behaviours by event delegation; every page also works without them.
// data-open="dialog-id" / data-close · data-autosubmit · data-print · data-money · data-autofocus · data-check-all

const korean = (document.documentElement.lang || "ko").startsWith("ko");

function focusFirst(root) {
  const target = root.querySelector?.("[data-autofocus]");
  if (target) target.focus({ preventScroll: false });
}

function wonWords(amount) {
  if (!Number.isSafeInteger(amount) || amount < 0) return "";
  const grouped = amount.toLocaleString(korean ? "ko-KR" : "en-GB");
  if (!korean) return `KRW ${grouped}`;
  if (amount < 10000) return `${grouped}원`;
  const eok = Math.floor(amount / 1e8);
  const man = Math.floor((amount % 1e8) / 1e4);
  const rest = amount % 1e4;
  const words = [eok && `${eok.toLocaleString("ko-KR")}억`, man && `${man.toLocaleString("ko-KR")}만`, rest && rest.toLocaleString("ko-KR")];
  return `${words.filter(Boolean).join(" ")}원`;
}

function echoMoney(input) {
  const echo = document.getElementById(`${input.id}_echo`);
  if (!echo) return;
  const digits = input.value.replace(/[,\s원]/g, "");
  echo.textContent = /^\d+$/.test(digits) ? `= ${wonWords(Number(digits))}` : "";
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.open);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  }
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog")?.close();
  if (event.target.closest("[data-print]")) window.print();
  for (const menu of document.querySelectorAll("details.sf-menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const dismiss = event.target.closest("[data-dismiss]");
  if (dismiss) dismiss.closest("[data-dismissible]")?.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.sf-menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.matches("[data-check-all]")) {
    const boxes = field.form?.querySelectorAll(`input[name="${field.dataset.checkAll}"]`) ?? [];
    for (const box of boxes) box.checked = field.checked;
  }
  if (field.closest("[data-autosubmit]")) field.form?.requestSubmit();
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-money]")) echoMoney(event.target);
});

document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || button.form?.hasAttribute("hx-post")) return;
  // A second press of the same button is refused while the first one is on its way.
  if (button.getAttribute("aria-busy") === "true") event.preventDefault();
  else button.setAttribute("aria-busy", "true");
});

window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll('button[aria-busy="true"]')) button.removeAttribute("aria-busy");
});

document.addEventListener("htmx:afterSwap", (event) => {
  focusFirst(event.detail.target);
  for (const input of event.detail.target.querySelectorAll("[data-money]")) echoMoney(input);
});

for (const input of document.querySelectorAll("[data-money]")) echoMoney(input);
focusFirst(document);
