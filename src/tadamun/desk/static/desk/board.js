/* Moving a card by its handle, with a thumb or a mouse. It fills in the form that moves it without script, and sends it. */

let held = null;

const dayUnder = (event) => {
  const found = document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches(".day"));
  return found ?? null;
};

const mark = (day) => {
  for (const one of document.querySelectorAll(".day.under")) one.classList.toggle("under", one === day);
  day?.classList.add("under");
};

/* Near the edge of the window the page goes along, so that a day far away can be reached. */
const goAlong = (event) => {
  const edge = 70;
  if (event.clientY < edge) window.scrollBy(0, -12);
  if (event.clientY > window.innerHeight - edge) window.scrollBy(0, 12);
};

const letGo = () => {
  held?.classList.remove("held");
  held = null;
  mark(null);
};

const drop = (card, day) => {
  const form = card.querySelector(".mover form");
  if (!day || form.elements.seen.value === day.dataset.day) return;
  const to = document.createElement("input");
  Object.assign(to, { type: "hidden", name: "to", value: day.dataset.day });
  form.append(to);
  form.submit();
};

for (const card of document.querySelectorAll(".card[data-sitting]")) {
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "handle";
  handle.textContent = "⠿";
  handle.tabIndex = -1;
  handle.setAttribute("aria-hidden", "true");
  card.prepend(handle);
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    held = card;
    card.classList.add("held");
  });
  handle.addEventListener("pointermove", (event) => {
    if (held !== card) return;
    goAlong(event);
    mark(dayUnder(event));
  });
  handle.addEventListener("pointerup", (event) => {
    if (held !== card) return;
    const day = dayUnder(event);
    letGo();
    drop(card, day);
  });
  handle.addEventListener("pointercancel", letGo);
}
document.addEventListener("keydown", (event) => event.key === "Escape" && letGo());
