// A supervisor's ear: the caller on the left, the operator on the right. Nobody hears the supervisor.
import * as api from "./api.js";
import { gathered, reachable } from "./gathered.js";

/** What is heard of one party. */
class Sound {
  audio = new Audio();
  #link = new RTCPeerConnection();

  /** @param {() => void} lost runs when the browser gives the link up */
  constructor(lost) {
    this.#link.addEventListener("track", (event) => {
      this.audio.srcObject = new MediaStream([event.track]);
      this.audio.play().catch(() => {});
    });
    this.#link.addEventListener("connectionstatechange", () => {
      if (this.#link.connectionState === "failed") lost();
    });
  }

  /** Takes one offer of the relay; resolves when its answer is there. */
  async open(call, { tag, sdp }) {
    await this.#link.setRemoteDescription({ type: "offer", sdp });
    await this.#link.setLocalDescription(await this.#link.createAnswer());
    await gathered(this.#link);
    await api.supervise("heard", { call, tag, sdp: this.#link.localDescription.sdp });
  }

  close() {
    this.#link.close();
    this.audio.srcObject = null;
  }
}

/** Listens to one call; close() ends it, after open() is through. Fires "lost" when the sound is gone by itself. */
export class Ear extends EventTarget {
  #lost = () => this.dispatchEvent(new Event("lost"));
  #sounds = [new Sound(this.#lost), new Sound(this.#lost)];
  #call;
  #ears = [];

  constructor(call) {
    super();
    this.#call = call;
  }

  /** What is heard, caller and operator: two MediaStreams, null until they come. */
  get heard() {
    return this.#sounds.map((each) => each.audio.srcObject);
  }

  async open() {
    await reachable();
    this.#ears = (await api.supervise("listen", { call: this.#call })).ears;
    await Promise.all(this.#ears.map((ear, i) => this.#sounds[i].open(this.#call, ear)));
  }

  /** Nothing is heard any more. */
  fallSilent() {
    for (const each of this.#sounds) each.close();
  }

  /** Silent, and the relay knows it. */
  async close() {
    this.fallSilent();
    await Promise.allSettled(this.#ears.map((ear) => api.supervise("deaf", { call: this.#call, tag: ear.tag })));
  }
}
