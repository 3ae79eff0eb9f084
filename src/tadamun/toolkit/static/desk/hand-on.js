/* A link to hand on: copied or shared by a tap. Without script its field is selected and copied by hand. */

const copied = async (field) => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    /* No permission, or a page without HTTPS: the older way still works there. */
    return document.execCommand("copy");
  }
};

for (const one of document.querySelectorAll(".hand-on:not([data-ready])")) {
  one.dataset.ready = "";
  const field = one.querySelector("input");
  const share = one.querySelector("[data-share]");
  field.addEventListener("focus", () => field.select());
  one.querySelector(".buttons").hidden = false;
  one.querySelector("[data-copy]").addEventListener("click", async () => {
    one.querySelector("[role=status]").textContent = (await copied(field)) ? one.dataset.copied : "";
  });
  share.hidden = !navigator.share;
  share.addEventListener("click", () => navigator.share({ title: one.dataset.title, url: field.value }).catch(() => {}));
}
