// Requests to the centre. An answer that is not 2xx is thrown as Refusal.
import { askMatter, matter } from "./matter.js";

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
    if (this.word === "signed-out") dispatchEvent(new Event("session-over")); // whatever was asked, the page hears it
  }
}

let csrf = "";

/** Longer than the desk asks a relay, and short enough that a centre whose database hangs does not hold up a call's page. */
const PATIENCE_MS = 8_000;

/** What is asked during a call is not waited for without end: a browser has six requests to one centre at a time. */
const duringCall = (method, path, body) => request(method, path, body, { signal: AbortSignal.timeout(PATIENCE_MS) });

/** What every request carries: the session's token where something changes, and the matter one works on. */
function headersOf(method) {
  const headers = {};
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (matter()) headers["X-Anticall-Why"] = encodeURIComponent(matter());
  return headers;
}

/** Does it; if the centre wants to know why somebody looks, asks and does it again. */
async function reasoned(look) {
  try {
    return await look();
  } catch (refusal) {
    if (refusal.word !== "why" || !(await askMatter())) throw refusal;
    return look();
  }
}

/** @returns {Promise<any>} the body of the answer */
async function request(method, path, body, more = {}) {
  const headers = headersOf(method);
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body), ...more });
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

export const signIn = async (name, password, code) =>
  remember(await request("POST", "/api/session", { name, password, code }));

/** Whether people may sign in at a provider: {offered}. */
export const provider = () => request("GET", "/api/oidc");

export const signOut = async () => remember(await request("DELETE", "/api/session"));

/** A new secret for an authenticator app: {secret, uri}. */
export const offerSecondFactor = () => request("POST", "/api/session/second-factor", {});

/** Makes the secret count: {recoveryCodes}. Ends the session. */
export const confirmSecondFactor = (code) => request("PUT", "/api/session/second-factor", { code });

/** Everybody with their accounts: {people}. */
export const people = () => request("GET", "/api/people");

export const addPerson = (person) => request("POST", "/api/people", person);

/** A new account; its password is shown once: {name, password}. */
export const addAccount = (account) => request("POST", "/api/accounts", account);

const account = (name, rest) => `/api/accounts/${encodeURIComponent(name)}/${rest}`;

export const openAccount = (name, active) => request("PUT", account(name, "active"), { active });

/** A new password, shown once: {name, password}. */
export const resetPassword = (name) => request("POST", account(name, "password"), {});

export const removeSecondFactor = (name) => request("DELETE", account(name, "second-factor"));

export const unlock = (name) => request("POST", account(name, "unlock"), {});

/** Orders, newest first: {orders, counts}. */
export const orders = (search) => request("GET", `/api/orders?${new URLSearchParams(search)}`);

/** One order with its history. */
export const order = (id) => request("GET", `/api/orders/${id}`);

export const writeOrder = (content) => request("POST", "/api/orders", content);

export const editOrder = (id, content) => request("PUT", `/api/orders/${id}`, content);

/** Takes an order one step on: submit, approve, return, live, revoke, withdraw, confirm. */
export const stepOrder = (id, step, body) => request("POST", `/api/orders/${id}/${step}`, body);

/** What a target would have hit in the last days. */
export const breadth = (target) => request("POST", "/api/orders/breadth", { target });

/** Hands in a signed copy: {hash}. */
export async function uploadScan(file) {
  const answer = await fetch("/api/scans", { method: "POST", headers: headersOf("POST"), body: file });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, content);
  return content;
}

/** What would happen to a call: {verdict, rule, reason, tried}. */
export const tryCall = (from, to, order) => request("POST", "/api/trials/call", { from, to, order });

/** What would have happened to the calls of the last days. */
export const backtest = (days, order) => request("POST", "/api/trials/backtest", { days, order });

/** Drafts out of a CSV or JSON file; a dry run only checks: {lines, problems, problemCount, import}. */
export async function importOrders(file, dry) {
  const type = file.name.endsWith(".json") ? "application/json" : "text/csv";
  const headers = { ...headersOf("POST"), "Content-Type": type };
  const answer = await fetch(`/api/imports${dry ? "?dry=true" : ""}`, { method: "POST", headers, body: file });
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Refusal(answer.status, content);
  return content;
}

/** Withdraws what nobody approved yet of an import: {ended, left}. */
/** How many orders of an import stand where: {counts}. */
export const importCounts = (id) => request("GET", `/api/imports/${id}`);

/** Hands all drafts of an import over: {done, left, calls, broad}. */
export const submitImport = (id, scan) => request("POST", `/api/imports/${id}/submit`, { scan });

export const approveImport = (id) => request("POST", `/api/imports/${id}/approve`, {});

export const revokeImport = (id, why) => request("POST", `/api/imports/${id}/revoke`, { why });

export const undoImport = (id, why) => request("POST", `/api/imports/${id}/withdraw`, { why });

/** Lists that orders name: {lists}. */
export const managedLists = () => request("GET", "/api/managed-lists");

export const makeList = (name, purpose) => request("POST", "/api/managed-lists", { name, purpose });

/** Imports of a list, newest first: {list, imports}. */
export const listImports = (name) => request("GET", `/api/managed-lists/${encodeURIComponent(name)}/imports`);

/** Which lists have a number: {entries}. */
export const findInLists = (number) => reasoned(() => request("GET", `/api/managed-lists/find?${new URLSearchParams({ number })}`));

/** Takes an import of numbers one step on: approve, withdraw, undo. */
export const stepListImport = (id, step, body) => request("POST", `/api/list-imports/${id}/${step}`, body);

const PROGRESS_MS = 400;

/**
 * Sends a file of numbers; a dry run only checks: {lines, numbers, doubles, problems, problemCount, import}.
 *
 * @param {(at: {percent: number, lines: number, rate: number}) => void} tell how far it is, now and then
 */
export async function importNumbers(list, file, { dry, document, office }, tell) {
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`.replace(".", "-");
  const at = { percent: 0, lines: 0, rate: 0 };
  const begin = performance.now();
  const look = setInterval(async () => {
    const { read } = await request("GET", `/api/list-imports/progress/${key}`).catch(() => ({ read: at.lines }));
    at.lines = read;
    at.rate = Math.round((1_000 * read) / (performance.now() - begin));
    tell({ ...at });
  }, PROGRESS_MS);
  tell({ ...at });
  try {
    return await new Promise((well, ill) => {
      const sending = new XMLHttpRequest(); // fetch does not tell how much it has sent
      const query = new URLSearchParams({ dry, document, office, file: file.name, key });
      sending.open("POST", `/api/managed-lists/${encodeURIComponent(list)}/imports?${query}`);
      sending.setRequestHeader("X-CSRF-Token", csrf);
      sending.setRequestHeader("Content-Type", "text/csv");
      sending.responseType = "json";
      sending.upload.onprogress = (event) => (at.percent = Math.floor((100 * event.loaded) / event.total));
      sending.onerror = () => ill(new Refusal(0, {}));
      sending.onload = () => (sending.status < 300 ? well(sending.response) : ill(new Refusal(sending.status, sending.response ?? {})));
      sending.send(file);
    });
  } finally {
    clearInterval(look);
  }
}

export const revisions = () => request("GET", "/api/revisions?most=20");

/** What the next revision would be. */
export const nextRevision = () => request("GET", "/api/revisions/next");

export const publish = (revision, why) => request("POST", "/api/revisions", { revision, why });

export const rollBack = (to, why) => request("POST", "/api/revisions/rollback", { to, why });

/** What one revision says otherwise than another: {added, removed, changed, lists}. */
export const difference = (before, after) => request("GET", `/api/revisions/diff?before=${before}&after=${after}`);

/** What would happen to a recorded call now. The look is recorded. */
export const tryRecorded = (record) => reasoned(() => request("POST", "/api/trials/recorded", { record }));

/** Appeals, newest first: {appeals, counts}. */
export const appeals = (search) => reasoned(() => request("GET", `/api/appeals?${new URLSearchParams(search)}`));

/** One appeal with all its records. The look is recorded. */
export const appeal = (id) => request("GET", `/api/appeals/${id}`);

export const takeAppeal = (telling) => request("POST", "/api/appeals", telling);

export const answerAppeal = (id, body) => request("POST", `/api/appeals/${id}/answer`, body);

export const withdrawAppeal = (id, body) => request("POST", `/api/appeals/${id}/withdraw`, body);

/** Decides for the person or not: {..., freed, revision}. */
export const decideAppeal = (id, body) => request("POST", `/api/appeals/${id}/decide`, body);

/** Numbers that pass, and proposals: {entries}. */
export const allowEntries = (search) => reasoned(() => request("GET", `/api/allow?${new URLSearchParams(search)}`));

export const allowEntry = (id) => request("GET", `/api/allow/${id}`);

export const proposeAllow = (entry) => request("POST", "/api/allow", entry);

/** Takes an allow entry one step on: approve, decline, end. */
export const stepAllow = (id, step, body) => request("POST", `/api/allow/${id}/${step}`, body);

/** How often each rule was right: {rules, floor, fewest, days}. */
export const precision = () => request("GET", "/api/precision");

/** What each gateway enforces: {newest, gateways}. */
export const gateways = () => request("GET", "/api/gateways");

/** Links of the trail, newest first: {links, head, key}. */
export const audit = (search) => reasoned(() => request("GET", `/api/audit?${new URLSearchParams(search)}`));

/** Where the whole trail is to be had, for the sake of what one works on if that was told. */
export const auditExport = () => `/api/audit/export${matter() ? `?${new URLSearchParams({ why: matter() })}` : ""}`;

/** Signs the head of the trail. */
export const signHead = () => request("POST", "/api/audit/head", {});

/** The receipt of one call, masked. The look is recorded; it is not asked for a reason here, since nobody pressed anything. */
export const receipt = (id) => duringCall("GET", `/api/records/${encodeURIComponent(id)}`);

/** The callee's number in full. The look is recorded. */
export const numbers = (id) => reasoned(() => request("POST", `/api/records/${encodeURIComponent(id)}/numbers`));

/** Keeps a record as evidence beyond its time: {held}. */
export const holdRecord = (id, why) => request("POST", `/api/records/${encodeURIComponent(id)}/hold`, { why });

export const unholdRecord = (id, why) => request("POST", `/api/records/${encodeURIComponent(id)}/unhold`, { why });

/** Lets a waiting call go on to its callee. */
export const release = (id) => request("POST", `/api/calls/${encodeURIComponent(id)}/release`);

/** What an operator does at the page that is the seat; lasting: also while the page goes away. */
export const seatAct = (act, body, lasting = false) => request("POST", `/api/seat/${act}`, body, lasting ? { keepalive: true } : {});

/** A test call of this page's seat: begin {sdp}, answer, end {sent}. */
export const testCall = (act, body = {}) => duringCall("POST", `/api/test-call/${act}`, body);

const paper = (id, rest = "") => `/api/papers/${encodeURIComponent(id)}${rest}`;

/** Note and disposition of a call, what its caller did before, precision of the rule. */
export const papers = (id) => duringCall("GET", paper(id));

/** What I found today: {today}. */
export const ownPapers = () => duringCall("GET", "/api/papers");

export const keepNote = (id, text) => duringCall("PUT", paper(id, "/note"), { text });

/** What a call turned out to be; the seat may be ready then. */
export const file = (id, disposition) => duringCall("POST", paper(id, "/disposition"), disposition);

/** What a supervisor does to a call or a seat. */
export const supervise = (act, body) => request("POST", `/api/supervision/${act}`, body);

/** What shifts left in the last 24 hours: {notes}. */
export const handover = () => duringCall("GET", "/api/handover");

/** Leaves a note to the next shift; the notes: {notes}. */
export const handOver = (text) => request("POST", "/api/handover", { text });

/** Proposes to block the caller of a call one has had. */
export const proposeBlock = (call, why) => request("POST", "/api/block-proposals", { call, why });

/** Callers operators want blocked: {proposals}. */
export const blockProposals = () => request("GET", "/api/block-proposals");

/** Closes a proposal without an order. */
export const letBe = (id) => request("POST", `/api/block-proposals/${id}/close`, {});

/** Makes the order of a proposal, for four hours, and closes it; asked again, there is no second one: {order, revision}. */
export const block = (id, { title, territory }) => request("POST", `/api/block-proposals/${id}/block`, { title, territory });

/** An order that acts at once, for four hours. */
export const emergencyOrder = (order) => request("POST", "/api/orders/emergency", order);

/** Media relays and gateways: {relays: {up, all}, gateways: {all, behind, silent}}. */
export const health = () => duringCall("GET", "/api/health");

/** How the shift goes and what is to be expected. */
export const outlook = () => request("GET", "/api/supervision/outlook");

/** Confirmed frauds of the last days that come from one place: {days, campaigns}. */
export const campaigns = () => request("GET", "/api/campaigns");

/** Recordings, newest first, a hundred at most: {made, recordings}. */
export const recordings = (before) => request("GET", before ? `/api/recordings?${new URLSearchParams({ before })}` : "/api/recordings");

/** How many parts the recording of a call has, and who has heard it: {parts, looks}. */
export const recordingOf = (id) => request("GET", `/api/recordings/${encodeURIComponent(id)}`);

/** One part of a recording as a Blob. The look is recorded with the reason. */
export async function recording(id, part, why) {
  const path = `/api/recordings/${encodeURIComponent(id)}/${part}?${new URLSearchParams({ why })}`;
  const answer = await fetch(path, { method: "POST", headers: headersOf("POST") });
  if (!answer.ok) throw new Refusal(answer.status, await answer.json().catch(() => ({})));
  return answer.blob();
}
