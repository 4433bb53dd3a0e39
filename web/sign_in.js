/**
 * Signing in: authorization code with PKCE (RFC 7636), by whoever issues the tokens of staff.
 *
 * The tokens live in this module and nowhere else: a reload forgets them, and the issuer's own session then signs in
 * again without a question. Only what the way there and back needs (the verifier, and where we were) is put into the
 * storage of this tab, and taken out on return.
 */

const WAY_BACK = "nakoming-sign-in";
let tokens = null;

/** Return the access token, or an empty text when nobody is signed in. */
export const accessToken = () => tokens?.access_token ?? "";

/** Forget the tokens. */
export function forget() {
  tokens = null;
}

/**
 * Sign out: nobody can get another token by ours, where the issuer lets them be revoked (RFC 7009). The answer is not
 * waited for and may not be read; the tokens are forgotten in any case.
 */
export function signOut(settings) {
  if (settings.revoke && tokens?.refresh_token) {
    const body = new URLSearchParams({ client_id: settings.client_id, token: tokens.refresh_token });
    const request = { method: "POST", mode: "no-cors", keepalive: true, body, credentials: "omit", referrerPolicy: "no-referrer" };
    fetch(settings.revoke, request).catch(() => {});
  }
  forget();
}

/** Go and sign in; the browser leaves this page. `place` is the fragment to come back to. */
export async function signIn(settings, place) {
  const verifier = random();
  const state = random();
  sessionStorage.setItem(WAY_BACK, JSON.stringify({ verifier, state, place, search: location.search }));
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const asked = new URLSearchParams({
    response_type: "code",
    client_id: settings.client_id,
    redirect_uri: here(),
    scope: settings.scope,
    state,
    code_challenge: base64url(new Uint8Array(digest)),
    code_challenge_method: "S256",
  });
  location.assign(`${settings.authorize}?${asked}`);
}

/**
 * Come back from signing in, if that is where we come from; the code disappears from the address. Return "" when all is
 * well, or the code of what went wrong.
 */
export async function comeBack(settings) {
  const given = new URLSearchParams(location.search);
  const way = JSON.parse(sessionStorage.getItem(WAY_BACK) ?? "null");
  sessionStorage.removeItem(WAY_BACK);
  if (!given.has("state")) return "";
  history.replaceState(null, "", `${location.pathname}${way?.search ?? ""}${way?.place ?? ""}`);
  if (!way || way.state !== given.get("state") || !given.has("code")) return "sign_in_failed";
  return ask(settings, {
    grant_type: "authorization_code",
    code: given.get("code"),
    redirect_uri: here(),
    code_verifier: way.verifier,
  });
}

/** Get a new access token without a question; return "" when that worked. */
export async function renew(settings) {
  if (!tokens?.refresh_token) return "signed_out";
  return ask(settings, { grant_type: "refresh_token", refresh_token: tokens.refresh_token });
}

async function ask(settings, what) {
  const body = new URLSearchParams({ client_id: settings.client_id, ...what });
  try {
    const answer = await fetch(settings.token, { method: "POST", body, credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) return "sign_in_failed";
    tokens = { ...tokens, ...(await answer.json()) };
    return "";
  } catch {
    return "no_connection";
  }
}

const here = () => `${location.origin}${location.pathname}`;

const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

const base64url = (octets) =>
  btoa(String.fromCharCode(...octets)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
