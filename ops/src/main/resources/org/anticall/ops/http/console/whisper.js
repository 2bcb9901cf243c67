// A supervisor's voice in a call. Supervisor's end: Mouth. Operator's end: Whisper, heard by the operator, and by the caller
// too while it is aloud: then the page mixes it into what it sends.
import * as api from "./api.js";
import { gathered } from "./gathered.js";

/** The supervisor speaks to the operator of one call; close() ends it. */
export class Mouth {
  #call;
  #link = null;
  #microphone = null;

  constructor(call) {
    this.#call = call;
  }

  async open() {
    const deviceId = localStorage.getItem("microphone");
    this.#microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, ...(deviceId ? { deviceId } : {}) } });
    const link = new RTCPeerConnection();
    this.#link = link;
    for (const track of this.#microphone.getAudioTracks()) link.addTransceiver(track, { direction: "sendonly", streams: [this.#microphone] });
    await link.setLocalDescription(await link.createOffer());
    await gathered(link);
    const { sdp } = await api.supervise("whisper", { call: this.#call, sdp: link.localDescription.sdp });
    await link.setRemoteDescription({ type: "answer", sdp });
  }

  /** Whether the caller hears it too. */
  aloud(on) {
    return api.supervise("aloud", { call: this.#call, on });
  }

  close() {
    this.#link?.close();
    for (const track of this.#microphone?.getTracks() ?? []) track.stop();
    api.supervise("hush", { call: this.#call }).catch(() => {});
  }
}

/** What an operator's page does with that voice. */
export class Whisper {
  aloud = false;
  #link = new RTCPeerConnection();
  #speaker = new Audio();
  #mixer = null;
  #voice = null;

  /** What the operator hears of the supervisor, a MediaStream; null until it comes. */
  get heard() {
    return this.#voice;
  }

  /** @param {(sdp: string) => Promise<unknown>} answer brings the page's answer to the desk */
  async open(sdp, answer) {
    this.#speaker.autoplay = true;
    this.#link.addEventListener("track", (event) => {
      this.#voice = new MediaStream([event.track]);
      this.#speaker.srcObject = this.#voice;
      this.#speaker.play().catch(() => {});
    });
    await this.#link.setRemoteDescription({ type: "offer", sdp });
    await this.#link.setLocalDescription(await this.#link.createAnswer());
    await gathered(this.#link);
    await answer(this.#link.localDescription.sdp);
  }

  /** Lets the caller hear it too, or no more: `link` sends what `microphone` hears. */
  async speakUp(on, link, microphone) {
    this.aloud = on;
    const sender = link?.getSenders().find((each) => each.track);
    if (!sender || !microphone) return;
    this.#mixer?.close();
    this.#mixer = null;
    if (on && this.#voice) {
      this.#mixer = new AudioContext();
      const both = this.#mixer.createMediaStreamDestination();
      this.#mixer.createMediaStreamSource(microphone).connect(both);
      this.#mixer.createMediaStreamSource(this.#voice).connect(both);
      await sender.replaceTrack(both.stream.getAudioTracks()[0]);
    } else {
      await sender.replaceTrack(microphone.getAudioTracks()[0]);
    }
  }

  close() {
    this.#link.close();
    this.#speaker.srcObject = null;
    this.#mixer?.close();
  }
}
