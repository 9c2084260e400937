// Questions that only one answer leads to: out of sight until that answer is chosen.

function chosen(form, name) {
  const fields = [...form.querySelectorAll("input, select")].filter((field) => field.name === name);
  if (!fields.length) return null;
  const field = fields.find((one) => one.checked) ?? fields.find((one) => one.type !== "radio");
  return field ? field.value : "";
}

function follow(form) {
  for (const block of form?.querySelectorAll("[data-asked-if]") ?? []) {
    const answer = chosen(form, block.dataset.askedIf);
    if (answer !== null) block.hidden = answer !== block.dataset.askedWhen;
  }
}

document.addEventListener("change", (event) => follow(event.target.form));
for (const form of document.forms) follow(form);
