// Requests to the centre. An answer that is not 2xx is thrown as Refusal.

/** What the centre did not do, and why. */
export class Refusal extends Error {
  /**
   * @param {number} status HTTP status, 0 if there was no answer
   * @param {{error?: string, message?: string, attemptsLeft?: number, minutes?: number}} body
   */
  constructor(status, body) {
    super(body.message ?? `status ${status}`);
    this.status = status;
    this.word = body.error ?? "unreachable";
    this.body = body;
  }
}

let csrf = "";

/** @returns {Promise<any>} the body of the answer */
async function request(method, path, body) {
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Refusal(0, {});
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, content);
  return content;
}

function remember(session) {
  csrf = session.csrf ?? "";
  return session;
}

/** Who is signed in: {signedIn, account, role}. */
export const session = async () => remember(await request("GET", "/api/session"));

export const signIn = async (name, password) => remember(await request("POST", "/api/session", { name, password }));

export const signOut = async () => remember(await request("DELETE", "/api/session"));

/** The receipt of one call, masked. The look is recorded. */
export const receipt = (id) => request("GET", `/api/records/${encodeURIComponent(id)}`);

/** The callee's number in full. The look is recorded. */
export const numbers = (id) => request("POST", `/api/records/${encodeURIComponent(id)}/numbers`);

/** Lets a waiting call go on to its callee. */
export const release = (id) => request("POST", `/api/calls/${encodeURIComponent(id)}/release`);
