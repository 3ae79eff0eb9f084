/* Photos: out of the camera straight into the kit, with what those they show agreed to. No file of a photo ever lies on
   the phone, so no gallery has it. A picture drawn on a canvas carries nothing of the camera, the hour or the place. */

import { hex, sha256 } from "./bytes.js";
import { field, form, h, show } from "./dom.js";
import { newUid } from "./door.js";
import { moment, spoken, t } from "./words.js";

const LONGEST_SIDE = 1_600;
const QUALITY = 0.8;
const LONGEST_WORDS = 300;
const LOOK_EVERY = 300;

const agreements = (guarded) => [
  ["nobody_shown", t("Nobody can be recognised")],
  ...(guarded ? [] : [["given", t("All who can be recognised agree that everybody may see it")]]),
  ["inside", t("They agree that the coalition sees it, nobody else")],
  ["not_asked", t("Not asked, or not to be shown")],
];

/* The size of a picture whose longer side is at most the longest. */
export function scaled(width, height, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/* What the video shows now, as a canvas. */
function still(video) {
  const [width, height] = scaled(video.videoWidth, video.videoHeight);
  const canvas = h("canvas", { class: "still", width, height, role: "img", "aria-label": t("The picture") });
  canvas.getContext("2d").drawImage(video, 0, 0, width, height);
  return canvas;
}

const jpeg = (canvas) =>
  new Promise((done) => {
    canvas.toBlob(async (blob) => done(blob && new Uint8Array(await blob.arrayBuffer())), "image/jpeg", QUALITY);
  });

/* Own photos whose bytes are on this phone still, the newest first. */
export const kept = (kit) =>
  kit.log.photos().filter((entry) => entry[4] === kit.activity.uid).reverse();

class Photos {
  constructor(kit) {
    this.kit = kit;
    this.place = h("div", { class: "scanner" });
    this.rest();
  }

  /* Nothing is looked at: the camera's light is off. */
  rest(word = "") {
    const open = h("button", { type: "button", class: "big", onclick: () => this.open() }, t("Open the camera"));
    show(this.place, word && h("p", { class: "word bad", role: "alert" }, word), open);
  }

  async open() {
    const wanted = { facingMode: "environment", width: { ideal: LONGEST_SIDE }, height: { ideal: 1_200 } };
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: wanted, audio: false });
    } catch {
      return this.rest(t("The camera may not be used. Allow it for this page in the browser's settings, then open it again."));
    }
    const video = h("video", { class: "still", muted: true, playsinline: true, "aria-label": t("Camera") });
    const shutter = h("button", { type: "button", class: "big", disabled: true, onclick: () => this.take(video) }, t("Take the picture"));
    const close = h("button", { type: "button", class: "quiet", onclick: () => this.rest() }, t("Close the camera"));
    video.srcObject = stream;
    show(this.place, video, shutter, close);
    watchOver(video, stream, () => this.rest());
    await video.play().catch(() => {});
    shutter.disabled = !video.videoWidth;
    shutter.focus();
  }

  take(video) {
    this.kit.say("", "");
    const canvas = still(video);
    show(this.place, canvas, this.agreement(canvas));
    this.place.querySelector("input").focus();
  }

  agreement(canvas) {
    const guarded = this.kit.activity.safety === "high_risk";
    const radio = ([code, words]) =>
      h("label", {}, h("input", { type: "radio", name: "consent", value: code, required: true }), " ", words);
    return form(
      (values, made) => this.save(canvas, values, made),
      h("fieldset", { class: "tick" }, h("legend", {}, t("What do those in it agree to?")), agreements(guarded).map(radio)),
      tick("child", t("A child can be recognised")),
      h("small", {}, t("For a child, a parent or guardian agrees as well.")),
      tick("no_photo", t("Somebody in it wants no photo")),
      field(t("What it shows"), { name: "words", maxlength: LONGEST_WORDS, dir: "auto" }, t("Write no names here.")),
      h("button", { class: "big" }, t("Save the photo")),
      h("button", { type: "button", class: "quiet", onclick: () => this.rest() }, t("Throw it away")),
    );
  }

  async save(canvas, values) {
    const { kit } = this;
    if (!values.consent) return kit.say("bad", t("Choose what those in it agree to."));
    if (values.no_photo && values.consent !== "not_asked")
      return kit.say("bad", t("Somebody in it wants no photo. Throw it away, or choose “Not asked, or not to be shown”."));
    const bytes = await jpeg(canvas);
    if (!bytes) return kit.say("bad", t("This browser makes no pictures. Use another one."));
    const body = { id: newUid(), consent: values.consent, sha256: hex(await sha256(bytes)), size: bytes.length };
    if (values.child) body.child = true;
    if (values.no_photo) body.no_photo = true;
    if (values.words.trim()) Object.assign(body, { words: values.words.trim(), language: spoken() });
    if (!(await kit.saved(() => kit.log.add("photo", kit.activity.uid, body, bytes))))
      return kit.say("bad", t("The photo is not saved: the phone's storage is full or refuses. Send what waits, or free some space."));
    this.rest();
    kit.say("good", t("The photo is saved in the kit alone."));
  }
}

/* The camera ends as soon as its picture is not shown any more, whatever took it away. */
function watchOver(video, stream, ended) {
  const watch = () => {
    if (video.isConnected && !document.hidden) return setTimeout(watch, LOOK_EVERY);
    for (const track of stream.getTracks()) track.stop();
    if (video.isConnected) ended();
  };
  watch();
}

const tick = (name, label) => h("p", { class: "tick" }, h("label", {}, h("input", { type: "checkbox", name }), " ", label));

function list(kit) {
  const heading = h("h2", {}, t("Not sent yet"));
  const lines = h("ul", { class: "list" });
  const words = Object.fromEntries(agreements(false));
  kit.watch(() => {
    lines.replaceChildren(
      ...kept(kit).map((entry) => {
        const back = h("button", { type: "button", class: "quiet", onclick: () => kit.undo(entry) }, t("Take back"));
        const agreed = h("small", {}, words[entry[5].consent] ?? "");
        return h("li", {}, h("span", {}, moment(entry[2]), " ", h("bdi", {}, entry[5].words ?? ""), agreed), back);
      }),
    );
    heading.hidden = !lines.childElementCount;
  });
  return [heading, lines];
}

export const photo = {
  code: "photo",
  title: "Photo",
  draw: (kit) => [
    h("h1", {}, t("Photo")),
    h("p", {}, t("Pictures stay in the kit until they are sent; the phone's gallery never gets them.")),
    kit.activity.safety === "high_risk" && h("p", { class: "word bad" }, t("High risk: take only pictures in which nobody can be recognised.")),
    new Photos(kit).place,
    list(kit),
  ],
};
