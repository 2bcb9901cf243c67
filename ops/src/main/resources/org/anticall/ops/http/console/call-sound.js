// The sound of a call between this page and the relay, and whether it comes.
import { gathered } from "./gathered.js";

const STALL_MS = 3_000;

/** Fires "failed" when the browser gives the link up, "unplayable" when it may not play. */
export class CallSound extends EventTarget {
  /** The WebRTC link, null while there is no call. */
  link = null;
  #speaker = new Audio();
  #packets = -1;
  #heardAt = 0;

  constructor() {
    super();
    this.#speaker.autoplay = true;
  }

  /** What is heard, a MediaStream; null while there is no call. */
  get heard() {
    return this.#speaker.srcObject;
  }

  /** Plays through this device. */
  async through(deviceId) {
    await this.#speaker.setSinkId?.(deviceId);
  }

  /**
   * Takes the relay's offer; a link there was before is closed as soon as this one can take its place.
   *
   * @returns {Promise<string>} the page's answer
   */
  async take(sdp, microphone) {
    const former = this.link;
    const link = new RTCPeerConnection();
    this.link = link;
    this.#packets = -1;
    this.#heardAt = Date.now();
    link.addEventListener("track", (event) => {
      this.#speaker.srcObject = event.streams[0] ?? new MediaStream([event.track]);
      this.#speaker.play().catch(() => this.dispatchEvent(new Event("unplayable")));
    });
    link.addEventListener("connectionstatechange", () => {
      if (link === this.link && link.connectionState === "failed") this.dispatchEvent(new Event("failed"));
    });
    await link.setRemoteDescription({ type: "offer", sdp });
    for (const track of microphone.getAudioTracks()) link.addTrack(track, microphone);
    await link.setLocalDescription(await link.createAnswer());
    await gathered(link);
    former?.close();
    return link.localDescription.sdp;
  }

  /**
   * Whether packets come: what the browser itself tells of a dead relay comes many seconds later.
   *
   * @param {boolean} held whether silence is as it should be
   * @returns {Promise<number>} since when none came, milliseconds since the epoch; 0 while they come
   */
  async silentSince(held) {
    if (!this.link) return 0;
    for (const each of (await this.link.getStats()).values()) {
      if (each.type !== "inbound-rtp") continue;
      if (each.packetsReceived !== this.#packets || held) this.#heardAt = Date.now();
      this.#packets = each.packetsReceived;
    }
    return Date.now() - this.#heardAt > STALL_MS ? this.#heardAt : 0;
  }

  /** How many packets came so far. */
  async received() {
    if (!this.link) return 0;
    const all = [...(await this.link.getStats()).values()];
    return all.find((each) => each.type === "inbound-rtp")?.packetsReceived ?? 0;
  }

  close() {
    this.link?.close();
    this.link = null;
    this.#speaker.srcObject = null;
  }
}
