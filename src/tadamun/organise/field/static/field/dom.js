/* Making elements. Text is always text, never markup. */

/* h("button", {class: "big", onclick: f}, "text", element…): strings become text, null and false are left out. */
export function h(tag, parts = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(parts)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "value") made.value = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter((one) => one !== null && one !== undefined && one !== false));
  return made;
}

/* A labelled field: the label above, a hint below; `parts` are those of the input. */
export function field(label, parts, hint = "") {
  const id = parts.id ?? `f-${parts.name}`;
  return h(
    "p",
    { class: "field" },
    h("label", { for: id }, label),
    h(parts.tag ?? "input", { autocomplete: "off", "aria-describedby": hint && `${id}-hint`, ...parts, id, tag: null }),
    hint && h("small", { id: `${id}-hint` }, hint),
  );
}

export function choice(label, name, options, chosen = "") {
  const id = `f-${name}`;
  const made = options.map(([value, shown]) => h("option", { value, selected: value === chosen }, shown));
  return h("p", { class: "field" }, h("label", { for: id }, label), h("select", { id, name }, made));
}

/* A form that calls `sent(values, form)` and lets nothing be sent twice meanwhile. */
export function form(sent, ...children) {
  const made = h("form", { novalidate: true, autocomplete: "off" }, ...children);
  let busy = false;
  made.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await sent(Object.fromEntries(new FormData(made)), made, event.submitter);
    } finally {
      busy = false;
    }
  });
  return made;
}

/* Puts these in place of all that is there, and the reader's attention on the first heading. */
export function show(place, ...children) {
  place.replaceChildren(...children.flat(Infinity).filter(Boolean));
  const heading = place.querySelector("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
