// Sends a form with files and shows how much has gone; without scripts the form sends by itself.
import { focusFirst } from "./focus.js";

const place = () => location.pathname + location.search;
let shown = "";

function show(box, sent, total) {
  const bar = box.querySelector("progress");
  const line = box.querySelector("[data-upload-words]");
  box.hidden = false;
  if (bar) {
    bar.max = total;
    bar.value = sent;
  }
  const megabytes = (bytes) => (bytes / 1e6).toLocaleString(undefined, { maximumFractionDigits: 1 });
  if (line) line.textContent = `${megabytes(sent)} / ${megabytes(total)} MB`;
}

// The answer takes the place of this page's main part, wherever the server led to.
function take(request) {
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = page.querySelector("main");
  if (!main) return location.reload();
  document.title = page.title;
  document.querySelector("main").replaceWith(main);
  if (request.responseURL) history.pushState(null, "", request.responseURL);
  shown = place();
  for (const script of page.head.querySelectorAll("script[src]")) {
    if (document.querySelector(`script[src="${script.getAttribute("src")}"]`)) continue;
    const added = document.createElement("script");
    added.src = script.getAttribute("src");
    document.head.append(added);
  }
  window.htmx?.process(main);
  window.scrollTo(0, 0);
  main.focus();
  focusFirst(main);
}

function fail(form, box) {
  const words = box.dataset.uploadFailed;
  if (words) box.querySelector("[data-upload-words]").textContent = words;
  for (const button of form.querySelectorAll('[aria-busy="true"]')) button.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-upload]");
  const box = form?.querySelector("[data-upload-progress]");
  if (!box || event.defaultPrevented) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (sent) => show(box, sent.loaded, sent.total));
  request.addEventListener("load", () => take(request));
  request.addEventListener("error", () => fail(form, box));
  request.open("POST", form.action);
  request.send(new FormData(form, event.submitter));
});

// Back and forward after such an answer show the page of that address.
window.addEventListener("popstate", () => {
  if (shown && place() !== shown) location.reload();
});
