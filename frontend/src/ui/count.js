// Long answers: how many characters are left, said after the hint.

function count(field) {
  const line = document.getElementById(`${field.id}_count`);
  if (!line) return;
  const length = field.value.replace(/\r\n/g, "\n").trim().length;
  line.textContent = `${length.toLocaleString()} / ${Number(field.dataset.count).toLocaleString()}`;
  line.classList.toggle("is-over", length > Number(field.dataset.count));
}

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-count]")) count(event.target);
});
for (const field of document.querySelectorAll("[data-count]")) count(field);
