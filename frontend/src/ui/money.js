// Won inputs: what is typed, repeated in the words people use for money.

const korean = (document.documentElement.lang || "ko").startsWith("ko");
const LOOSE = /[,\s원]/g;

// Whole won of what was typed, in digits; null when it is not a plain number.
export function wonOf(text) {
  const digits = text.replace(LOOSE, "");
  return /^-?\d{1,16}$/.test(digits) && Number.isSafeInteger(Number(digits)) ? Number(digits) : null;
}

export function wonWords(amount) {
  if (amount < 0) return `-${wonWords(-amount)}`;
  if (!korean) return `KRW ${amount.toLocaleString("en-GB")}`;
  const places = ["", "만", "억", "조"];
  const groups = [];
  for (let rest = amount; rest > 0; rest = Math.floor(rest / 10000)) groups.push(rest % 10000);
  const said = groups.map((group, place) => (group ? `${group.toLocaleString("ko-KR")}${places[place]}` : ""));
  return `${said.filter(Boolean).reverse().join(" ") || "0"}원`;
}

function echo(input) {
  const line = document.getElementById(`${input.id}_echo`);
  if (!line) return;
  const amount = wonOf(input.value);
  line.textContent = amount === null ? "" : `= ${wonWords(amount)}`;
}

function withCommas(input) {
  const amount = wonOf(input.value);
  if (amount !== null) input.value = amount.toLocaleString("en-US");
}

function echoAll(root) {
  for (const input of root.querySelectorAll?.("[data-money]") ?? []) echo(input);
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-money]")) echo(event.target);
});
document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-money]")) withCommas(event.target);
});
document.addEventListener("htmx:afterSettle", (event) => echoAll(event.target));
echoAll(document);
