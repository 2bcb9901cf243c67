// The operator's seat in this page: microphone, WebRTC, and what the desk and the operator tell each other. One a page; it
// lives on while the person looks at another view, and a reload finds its call again.
import * as api from "./api.js";
import { CallSound } from "./call-sound.js";
import { Live } from "./live.js";
import { Microphone } from "./microphone.js";
import { ping, ring } from "./sounds.js";
import { Turns } from "./turns.js";
import { Whisper } from "./whisper.js";

const HERE_EVERY_MS = 2_000;

/** This page's name at the desk; a reload keeps it, another tab has another one. */
function pageName() {
  const known = sessionStorage.getItem("page");
  const name = known ?? crypto.randomUUID();
  sessionStorage.setItem("page", name);
  return name;
}

/** Fires "change" whenever something about the seat is another. */
export class Seat extends EventTarget {
  /** The board; the seat's own channel. */
  live;
  /** Word for what went wrong last, "" if nothing did. */
  trouble = "";
  muted = false;
  held = false;
  /** What rings or is talked on: {call, leg, talking}; null if nothing is. */
  offer = null;
  /** When a decision to connect was made; null unless it can be taken back. */
  connecting = null;
  /** Since when no sound came, milliseconds since the epoch; 0 while it comes. */
  silentSince = 0;
  /** A supervisor who speaks to this seat; null if none does. */
  whisper = null;

  #account;
  #page = pageName();
  #microphone = new Microphone();
  #sound = new CallSound();
  #voices = new Turns();
  #quiet = null;
  #timer = 0;
  #eager = false;

  constructor(account) {
    super();
    this.#account = account;
    this.#microphone.addEventListener("lost", () => {
      this.#fail("microphone");
      ping();
    });
    this.#sound.addEventListener("unplayable", () => this.#fail("speaker"));
    this.#sound.addEventListener("failed", () => this.#here(true));
    this.live = new Live(this.#page, {
      offer: (offer) => this.#offered(offer),
      silence: (gone) => this.#silenced(gone.leg),
      whisper: (voice) => this.#whispered(voice),
    });
  }

  /** Opens the channel; a page that was a seat before its reload is one again. */
  async start() {
    this.live.addEventListener("change", () => this.#changed());
    this.live.addEventListener("link", () => this.#linked());
    this.live.addEventListener("beat", () => sessionStorage.getItem("seated") && this.#timer && this.#here(false));
    this.live.start();
    addEventListener("pagehide", () => this.#away());
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#changed());
    if (sessionStorage.getItem("seated")) {
      await this.#openMicrophone();
      await this.#here(true);
    }
  }

  /** Nobody is signed in any more. */
  stop() {
    clearInterval(this.#timer);
    sessionStorage.removeItem("seated");
    this.live.stop();
    this.#hangUp();
    this.#closeMicrophone();
  }

  /** What the desk knows of this seat; null before it knows any. */
  get status() {
    return this.live.seats.get(this.#account) ?? null;
  }

  /** The call at this seat, while it rings, is talked on, or wants its papers; null else. */
  get call() {
    const id = this.status?.call ?? this.offer?.call;
    return id ? (this.live.calls.get(id) ?? null) : null;
  }

  /** Level of the microphone, 0 to 1. */
  get level() {
    return this.#microphone.level;
  }

  /** What the operator hears, a MediaStream; null while there is no call. */
  get sound() {
    return this.#sound.heard;
  }

  get isOpen() {
    return this.#microphone.isOpen;
  }

  /** What the microphone hears, a MediaStream; null while it is closed. */
  get voice() {
    return this.#microphone.stream;
  }

  /** Takes the seat and the next call. */
  async ready() {
    if (!(await this.#openMicrophone())) return;
    if (await this.#act("ready")) {
      sessionStorage.setItem("seated", "yes");
      this.#beat();
    }
  }

  /** Takes the seat without taking calls, to take one over. */
  async standBy() {
    if (!(await this.#openMicrophone()) || !(await this.#act("standby"))) return false;
    sessionStorage.setItem("seated", "yes");
    this.#beat();
    return true;
  }

  pause(reason) {
    return this.#act("pause", { reason });
  }

  async leave() {
    clearInterval(this.#timer);
    sessionStorage.removeItem("seated");
    await this.#act("leave");
    this.#hangUp();
    this.#closeMicrophone();
  }

  /** Answers what rings. */
  async answer() {
    const { offer } = this;
    if (!offer) this.#eager = this.status?.state === "ringing"; // the board was faster than the offer
    if (!offer || offer.talking) return;
    offer.talking = true;
    this.#hush();
    this.#changed();
    await this.#connect(offer);
  }

  decline() {
    const { offer } = this;
    if (offer && !offer.talking) this.#act("decline", { leg: offer.leg });
  }

  /** Lets the caller go on: before the answer at once, after it with a second to take it back; a second press does. */
  async passOn() {
    const call = this.offer?.call;
    if (!call) return;
    if (this.connecting) {
      this.connecting = null;
      this.held = false;
      await this.#act("keep", { call });
    } else if (this.offer.talking) {
      this.connecting = Date.now();
      this.held = true;
      this.#changed();
      if (!(await this.#act("connect", { call }))) this.#kept();
    } else {
      try {
        await api.release(call);
      } catch (refusal) {
        this.#fail(refusal.word);
      }
    }
  }

  mute() {
    if (!this.offer?.talking) return;
    this.muted = !this.muted;
    this.#microphone.mute(this.muted);
    this.#changed();
  }

  async hold() {
    const call = this.offer?.talking && this.offer.call;
    if (!call) return;
    this.held = !this.held;
    this.#changed();
    if (!(await this.#act(this.held ? "hold" : "resume", { call }))) this.held = !this.held;
    this.#changed();
  }

  end() {
    if (this.offer?.talking) this.#act("end", { call: this.offer.call });
  }

  longer() {
    return this.#act("longer");
  }

  /** Opens or reopens the microphone, for the check before the shift. */
  async check(deviceId) {
    if (deviceId) localStorage.setItem("microphone", deviceId);
    this.#closeMicrophone();
    await this.#openMicrophone();
  }

  /** Sound of calls goes to this device. */
  async speakThrough(deviceId) {
    localStorage.setItem("speaker", deviceId);
    await this.#sound.through(deviceId);
  }

  // ---- the desk

  #offered(offer) {
    const wasTalking = this.offer?.talking;
    this.offer = { ...offer };
    this.trouble = "";
    if (offer.talking) {
      this.held = false;
      this.#connect(this.offer);
    } else if (!wasTalking) {
      this.muted = this.held = false;
      this.connecting = null;
      this.#quiet ??= ring();
      this.dispatchEvent(new Event("ring"));
      if (this.#eager) this.answer();
    }
    this.#changed();
  }

  #silenced(leg) {
    if (this.offer?.leg === leg) this.#hangUp();
  }

  /** A supervisor begins to speak, is to be heard by the caller too, or is done: one after the other, as the desk says it. */
  async #whispered(said) {
    await this.#voices.take(() => this.#hear(said)).catch(() => this.#alone());
    this.#changed();
  }

  async #hear({ call, voice, turn, tag, sdp }) {
    if (this.offer?.call !== call) return;
    if (turn === "begins") {
      await this.#alone();
      this.whisper = new Whisper(voice);
      await this.whisper.open(sdp, (answer) => api.seatAct("whispered", { page: this.#page, call, tag, sdp: answer }));
    } else if (this.whisper?.voice === voice) {
      if (turn === "ends") await this.#alone();
      else await this.whisper.speakUp(turn === "aloud", this.#sound.link, this.#microphone.stream);
    }
  }

  async #alone() {
    const { whisper } = this;
    this.whisper = null;
    if (whisper?.aloud) await whisper.speakUp(false, this.#sound.link, this.#microphone.stream).catch(() => {});
    whisper?.close();
  }

  #linked() {
    if (!this.live.linked) ping();
    else if (this.isOpen && sessionStorage.getItem("seated")) this.#here(true);
    this.#changed();
  }

  async #here(afresh) {
    try {
      await api.seatAct("here", { page: this.#page, afresh });
      if (afresh) this.#beat();
    } catch (refusal) {
      if (refusal.status === 409) this.#unseated(refusal.word);
    }
  }

  #beat() {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => {
      this.#here(false);
      this.#listen();
    }, HERE_EVERY_MS);
  }

  #unseated(word) {
    clearInterval(this.#timer);
    sessionStorage.removeItem("seated");
    this.#hangUp();
    this.#fail(word === "elsewhere" ? "elsewhere" : "unseated");
  }

  #away() {
    if (sessionStorage.getItem("seated")) api.seatAct("away", { page: this.#page }, true).catch(() => {});
  }

  async #act(act, body = {}) {
    try {
      await api.seatAct(act, { page: this.#page, ...body });
      this.trouble = "";
      return true;
    } catch (refusal) {
      this.#fail(refusal.word);
      return false;
    } finally {
      this.#changed();
    }
  }

  #kept() {
    this.connecting = null;
    this.held = false;
    this.#changed();
  }

  // ---- sound

  async #connect(offer) {
    try {
      this.#microphone.mute(this.muted);
      const sdp = await this.#sound.take(offer.sdp, this.#microphone.stream);
      if (this.whisper?.aloud) await this.whisper.speakUp(true, this.#sound.link, this.#microphone.stream);
      if (this.offer === offer) await this.#act("answer", { leg: offer.leg, sdp });
    } catch {
      this.#fail("sound");
      this.#act("decline", { leg: offer.leg });
    }
  }

  async #listen() {
    if (!this.offer?.talking) return;
    const silent = await this.#sound.silentSince(this.held);
    if (silent === this.silentSince) return;
    this.silentSince = silent;
    if (silent) ping();
    this.#changed();
  }

  #hush() {
    this.#quiet?.();
    this.#quiet = null;
  }

  #hangUp() {
    this.#eager = false;
    this.#hush();
    this.#alone();
    this.#sound.close();
    this.offer = null;
    this.muted = this.held = false;
    this.connecting = null;
    this.silentSince = 0;
    this.#microphone.mute(false);
    this.#changed();
  }

  async #openMicrophone() {
    if (this.isOpen) return true;
    try {
      await this.#microphone.open();
      const speaker = localStorage.getItem("speaker");
      if (speaker) await this.#sound.through(speaker).catch(() => {});
      this.trouble = "";
      return true;
    } catch {
      this.#fail("microphone");
      return false;
    } finally {
      this.#changed();
    }
  }

  #closeMicrophone() {
    this.#microphone.close();
    this.#changed();
  }

  #fail(word) {
    this.trouble = word;
    this.#changed();
  }

  #changed() {
    if (this.connecting && this.call?.state !== "answered") this.connecting = null;
    this.dispatchEvent(new Event("change"));
  }
}
