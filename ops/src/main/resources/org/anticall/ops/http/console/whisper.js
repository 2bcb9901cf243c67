// A supervisor's voice in a call. Supervisor's end: Mouth. Operator's end: Whisper, heard by the operator, and by the caller
// too while it is aloud: then the page mixes it into what it sends.
import * as api from "./api.js";
import { gathered } from "./gathered.js";

/** The supervisor speaks to the operator of one call; close() ends it, after open() is through. */
export class Mouth {
  #call;
  #link = new RTCPeerConnection();
  #microphone = null;
  /** What the desk calls this voice; "" before it knows it. */
  #voice = "";

  constructor(call) {
    this.#call = call;
  }

  async open() {
    const deviceId = localStorage.getItem("microphone");
    this.#microphone = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, ...(deviceId ? { deviceId } : {}) } });
    const link = this.#link;
    for (const track of this.#microphone.getAudioTracks()) link.addTransceiver(track, { direction: "sendonly", streams: [this.#microphone] });
    await link.setLocalDescription(await link.createOffer());
    await gathered(link);
    const { voice, sdp } = await api.supervise("whisper", { call: this.#call, sdp: link.localDescription.sdp });
    this.#voice = voice;
    await link.setRemoteDescription({ type: "answer", sdp });
  }

  /** Whether the caller hears it too. */
  aloud(on) {
    return api.supervise("aloud", { call: this.#call, voice: this.#voice, on });
  }

  /** Nobody hears it any more. */
  fallSilent() {
    this.#link.close();
    for (const track of this.#microphone?.getTracks() ?? []) track.stop();
  }

  /** Silent, and desk and relay know it. */
  async close() {
    this.fallSilent();
    if (this.#voice) await api.supervise("hush", { call: this.#call, voice: this.#voice }).catch(() => {});
  }
}

/** What an operator's page does with that voice. */
export class Whisper {
  /** What the desk calls it. */
  voice;
  /** Whether the caller hears it, too. */
  aloud = false;
  #link = new RTCPeerConnection();
  #speaker = new Audio();
  #mixer = null;
  #heard = null;

  constructor(voice) {
    this.voice = voice;
  }

  /** What the operator hears of the supervisor, a MediaStream; null until it comes. */
  get heard() {
    return this.#heard;
  }

  /** @param {(sdp: string) => Promise<unknown>} answer brings the page's answer to the desk */
  async open(sdp, answer) {
    this.#speaker.autoplay = true;
    this.#link.addEventListener("track", (event) => {
      this.#heard = new MediaStream([event.track]);
      this.#speaker.srcObject = this.#heard;
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
    const former = this.#mixer;
    const sender = link?.getSenders().find((each) => each.track);
    if (!sender || !microphone) return;
    this.#mixer = on && this.#heard ? mix(microphone, this.#heard) : null;
    await sender.replaceTrack((this.#mixer?.stream ?? microphone).getAudioTracks()[0]);
    former?.context.close();
  }

  close() {
    this.#link.close();
    this.#speaker.srcObject = null;
    this.#mixer?.context.close();
  }
}

/** Both in one stream, while its context is open. */
function mix(...voices) {
  const context = new AudioContext();
  const both = context.createMediaStreamDestination();
  for (const each of voices) context.createMediaStreamSource(each).connect(both);
  context.resume();
  return { context, stream: both.stream };
}
