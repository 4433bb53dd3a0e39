/** The desk's interface, as `/openapi.json` describes it. */

import { accessToken, forget, renew } from "./sign_in.js";

/** What the interface refused: its `code`, its `message` for people, and the messages of `fields`. */
export class Refused extends Error {
  constructor(status, { code = "error", message = "", fields = {} } = {}) {
    super(message);
    Object.assign(this, { status, code, fields });
  }
}

/** Return a function that calls the interface: `call(method, path, body, idempotencyKey)` gives the JSON answer, or a file. */
export function caller(settings, language) {
  return async (method, path, body, idempotencyKey) => {
    let answer = await send(language, method, path, body, idempotencyKey);
    if (answer.status === 401 && !(await renew(settings))) {
      answer = await send(language, method, path, body, idempotencyKey);
    }
    if (answer.status === 401) forget();
    if (answer.ok && answer.headers.get("content-type") === "application/octet-stream") return answer.blob();
    const given = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Refused(answer.status, given.error);
    return given;
  };
}

async function send(language, method, path, body, idempotencyKey) {
  const headers = { accept: "application/json", "accept-language": language, authorization: `Bearer ${accessToken()}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  if (idempotencyKey) headers["idempotency-key"] = idempotencyKey;
  try {
    return await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refused(0, { code: "no_connection" });
  }
}
