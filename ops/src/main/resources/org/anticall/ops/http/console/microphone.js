// The microphone of this page: the one the person chose, or the machine's own.
import { meter } from "./sounds.js";

/** Fires "lost" when it goes away by itself. */
export class Microphone extends EventTarget {
  /** What it hears, a MediaStream; null while it is closed. */
  stream = null;
  #meter = null;

  get isOpen() {
    return this.stream !== null;
  }

  /** Level of what it hears, 0 to 1. */
  get level() {
    return this.#meter?.level() ?? 0;
  }

  /** Throws if there is none or the person does not allow it. */
  async open() {
    if (this.stream) return;
    const deviceId = localStorage.getItem("microphone");
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: true, noiseSuppression: true, ...(deviceId ? { deviceId } : {}) },
    });
    this.#meter = meter(this.stream);
    this.stream.getAudioTracks()[0].addEventListener("ended", () => {
      this.close();
      this.dispatchEvent(new Event("lost"));
    });
  }

  /** Sends silence, or what it hears again. */
  mute(on) {
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !on;
  }

  close() {
    this.#meter?.close();
    this.#meter = null;
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }
}
