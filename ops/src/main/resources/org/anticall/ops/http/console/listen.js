// A supervisor's ear: the caller on the left, the operator on the right. Nobody hears the supervisor.
import * as api from "./api.js";
import { gathered } from "./gathered.js";

/** Answers one offer of the relay; resolves with the link when its answer is there. */
async function link(call, ear, sound) {
  const made = new RTCPeerConnection();
  made.addEventListener("track", (event) => {
    sound.srcObject = new MediaStream([event.track]);
    sound.play().catch(() => {});
  });
  await made.setRemoteDescription({ type: "offer", sdp: ear.sdp });
  await made.setLocalDescription(await made.createAnswer());
  await gathered(made);
  await api.supervise("heard", { call, tag: ear.tag, sdp: made.localDescription.sdp });
  return made;
}

/** Listens to one call; close() ends it. */
export class Ear {
  /** What is heard, caller and operator: two audio elements. */
  sounds = [new Audio(), new Audio()];
  #call;
  #ears = [];
  #links = [];

  constructor(call) {
    this.#call = call;
  }

  async open() {
    this.#ears = (await api.supervise("listen", { call: this.#call })).ears;
    this.#links = await Promise.all(this.#ears.map((ear, i) => link(this.#call, ear, this.sounds[i])));
  }

  close() {
    for (const each of this.#links) each.close();
    for (const each of this.sounds) each.srcObject = null;
    for (const ear of this.#ears) api.supervise("deaf", { call: this.#call, tag: ear.tag }).catch(() => {});
  }
}
