// Shows what is typed as its readers will see it. Without this module the previews stay away, and nothing else changes.

for (const place of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(place.dataset.shows);
  const show = () => { place.textContent = field.value.trim() || (field.dataset.usual ?? ""); };
  field.addEventListener("input", show);
  show();
}
for (const preview of document.querySelectorAll("[data-preview]")) preview.hidden = false;
