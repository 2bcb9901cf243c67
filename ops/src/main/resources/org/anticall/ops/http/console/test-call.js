// A test call before the shift: through the relay as any call, with music in place of a caller. Tells whether sound comes and
// whether the own voice gets there.
import * as api from "./api.js";
import { CallSound } from "./call-sound.js";

const LISTEN_MS = 4_000;
const LONGEST_MS = 15_000;
const FEWEST_PACKETS = 20;

/** Fires "change" when it stands differently. */
export class TestCall extends EventTarget {
  /** "": none was made; "going"; "well"; or what is wrong: "deaf", "mute", "no-relay". */
  state = "";

  /** @param {{voice: MediaStream?, offer: object?}} seat a call that comes to it ends the test */
  async make(seat) {
    if (this.state === "going" || !seat.voice || seat.offer) return;
    this.#tell("going");
    const sound = new CallSound();
    try {
      await sound.through(localStorage.getItem("speaker") ?? "");
      const { sdp } = await api.testCall("begin");
      await api.testCall("answer", { sdp: await sound.take(sdp, seat.voice) });
      const heard = await this.#listen(sound, seat);
      const { sent } = await api.testCall("end");
      this.#tell(seat.offer ? "" : heard < FEWEST_PACKETS ? "deaf" : sent < FEWEST_PACKETS ? "mute" : "well");
    } catch {
      this.#tell("no-relay");
    } finally {
      sound.close();
    }
  }

  /** How many packets of music came; a line that takes long to come about is waited for. */
  async #listen(sound, seat) {
    const begin = Date.now();
    for (;;) {
      await new Promise((go) => setTimeout(go, 200));
      const heard = await sound.received();
      const listened = Date.now() - begin;
      if (seat.offer || listened > LONGEST_MS || (listened > LISTEN_MS && heard > 2 * FEWEST_PACKETS)) return heard;
    }
  }

  #tell(state) {
    this.state = state;
    this.dispatchEvent(new Event("change"));
  }
}
