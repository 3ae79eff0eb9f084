/* The drawing of areas, as the desk drew it: figures on a plain grid, no map. A tap chooses an area; the list beside it
   does the same, for whoever does not see it or has no finger free. */

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, STEP] = [120, 80, 10];

function s(tag, marks, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(marks)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const middle = (corners, at) => Math.round(corners.reduce((sum, corner) => sum + corner[at], 0) / corners.length);

function grid() {
  const down = Array.from({ length: WIDTH / STEP + 1 }, (_, at) => `M${at * STEP} 0V${HEIGHT}`);
  const across = Array.from({ length: HEIGHT / STEP + 1 }, (_, at) => `M0 ${at * STEP}H${WIDTH}`);
  return s("path", { class: "grid", d: [...down, ...across].join("") });
}

/* {element, mark(code)}; null when no area is drawn. `choose` gets the code of the area that was tapped. */
export function drawing(areas, choose) {
  const drawn = areas.map((area, at) => ({ ...area, number: at + 1 })).filter(({ shape }) => shape?.length);
  if (!drawn.length) return null;
  const groups = drawn.map(({ code, number, shape }) => {
    const figures = shape.map((corners) => s("polygon", { points: corners.map((corner) => corner.join(",")).join(" ") }));
    const group = s("g", { "data-area": code }, ...figures, s("text", { x: middle(shape[0], 0), y: middle(shape[0], 1) + 2 }, String(number)));
    group.addEventListener("click", () => choose(code));
    return group;
  });
  const element = s("svg", { class: "drawing", viewBox: `-1 -1 ${WIDTH + 2} ${HEIGHT + 2}`, "aria-hidden": "true" }, grid(), ...groups);
  const mark = (code) => {
    for (const group of groups) group.classList.toggle("chosen", group.dataset.area === code);
  };
  return { element, mark };
}
