/* Passkeys: asks the browser, puts its answer into the form, sends the form. Pages work with typed codes without this. */

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const list = (credentials = []) => credentials.map((one) => ({ ...one, id: bytes(one.id) }));

async function create(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: list(options.excludeCredentials),
    },
  });
  return {
    attestationObject: text(made.response.attestationObject),
    clientDataJSON: text(made.response.clientDataJSON),
    transports: made.response.getTransports?.() ?? [],
    of: made,
  };
}

async function get(options) {
  const shown = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: list(options.allowCredentials) },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = shown.response;
  return {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
    of: shown,
  };
}

function answer({ of, ...response }) {
  return JSON.stringify({
    id: of.id,
    rawId: text(of.rawId),
    type: of.type,
    response,
    clientExtensionResults: of.getClientExtensionResults(),
  });
}

for (const box of document.querySelectorAll("[data-passkey]")) {
  const field = document.getElementById(box.dataset.field);
  const form = field.form;
  const asks = box.dataset.passkey === "create" ? create : get;
  const options = JSON.parse(box.dataset.question).publicKey;
  const complaint = box.querySelector(".errors");
  const ask = async (event) => {
    if (asks === create && !form.reportValidity()) return;
    event.preventDefault();
    try {
      field.value = answer(await asks(options));
      form.submit();
    } catch {
      complaint.hidden = false;
    }
  };
  box.hidden = false;
  if (asks === create) form.addEventListener("submit", ask);
  else box.querySelector("button").addEventListener("click", ask);
}
