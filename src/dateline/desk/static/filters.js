// The form of filters: closed at first where it would push the results out of sight, and short addresses.

const form = document.querySelector(".filter-form");
const details = document.querySelector(".filters");

if (matchMedia("(max-width: 60rem)").matches) details.open = false;

form.addEventListener("submit", () => {
  for (const field of form.elements) {
    if (field.name && !field.value) field.disabled = true;
  }
});

// Coming back with the browser's Back button finds the fields as they were left, so let them be used again.
addEventListener("pageshow", () => {
  for (const field of form.elements) field.disabled = false;
});
