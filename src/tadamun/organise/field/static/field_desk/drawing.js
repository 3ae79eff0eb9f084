/* Drawing an area with a finger: taps on the grid write the line below it, which says the same and can be typed. */

const STEP = 10;
const SVG = "http://www.w3.org/2000/svg";

function draw(place) {
  const picture = place.querySelector("[data-drawing]");
  const line = place.querySelector("input");
  const own = picture.querySelector(".own");
  const [width, height] = [Number(picture.dataset.width), Number(picture.dataset.height)];
  const modes = [...place.querySelectorAll("[data-mode]")];
  let mode = /\d,\d/.test(line.value) ? "corners" : "squares";

  /* The last part of the line: what a tap adds to. */
  const parts = () => line.value.toUpperCase().split(";").map((part) => part.trim().split(/\s+/).filter(Boolean));
  const write = (written) => {
    line.value = written.map((part) => part.join(" ")).filter(Boolean).join("; ");
    show();
  };

  const element = (name, marks) => {
    const made = document.createElementNS(SVG, name);
    for (const [mark, value] of Object.entries(marks)) made.setAttribute(mark, value);
    return made;
  };

  function square(piece) {
    const read = /^([A-L])([1-8])(?:-([A-L])([1-8]))?$/.exec(piece);
    if (!read) return [];
    const [left, right] = [read[1], read[3] ?? read[1]].map((letter) => letter.charCodeAt(0) - 65).sort((one, other) => one - other);
    const [top, bottom] = [read[2], read[4] ?? read[2]].map((number) => number - 1).sort((one, other) => one - other);
    return [element("rect", { x: left * STEP, y: top * STEP, width: (right - left + 1) * STEP, height: (bottom - top + 1) * STEP })];
  }

  function show() {
    own.replaceChildren(
      ...parts().flatMap((part) => {
        if (!part.some((piece) => piece.includes(","))) {
          return part.flatMap(square).map((box) => {
            const [x, y, wide, high] = ["x", "y", "width", "height"].map((mark) => Number(box.getAttribute(mark)));
            return element("polygon", { points: `${x},${y} ${x + wide},${y} ${x + wide},${y + high} ${x},${y + high}` });
          });
        }
        const dots = part.map((corner) => corner.split(",")).map(([cx, cy]) => element("circle", { cx, cy, r: 1.2 }));
        return [element("polygon", { points: part.join(" ") }), ...dots];
      }),
    );
    for (const button of modes) button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }

  function tap(x, y) {
    const written = parts();
    if (mode === "squares") {
      const name = String.fromCharCode(65 + Math.min(Math.floor(x / STEP), width / STEP - 1)) + (Math.min(Math.floor(y / STEP), height / STEP - 1) + 1);
      const known = written.find((part) => part.includes(name));
      if (known) known.splice(known.indexOf(name), 1);
      else (written.find((part) => part.length && !part[0].includes(",")) ?? written[written.push([]) - 1]).push(name);
    } else {
      const corner = `${Math.round(x)},${Math.round(y)}`;
      (written.findLast((part) => part[0]?.includes(",")) ?? written[written.push([]) - 1]).push(corner);
    }
    write(written);
  }

  picture.addEventListener("click", (event) => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) tap(at.x, at.y);
  });
  for (const button of modes) {
    button.addEventListener("click", () => {
      mode = button.dataset.mode;
      show();
    });
  }
  place.querySelector("[data-back]").addEventListener("click", () => {
    const written = parts();
    written.findLast((part) => part.length)?.pop();
    write(written);
  });
  line.addEventListener("input", show);
  place.querySelector("[data-tools]").hidden = false;
  picture.dataset.ready = "";
  show();
}

for (const place of document.querySelectorAll("[data-shape]")) draw(place);
