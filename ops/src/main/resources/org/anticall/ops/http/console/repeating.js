// What a part of a page does again and again, as long as it is on the page.
export class Repeating {
  #everyMs;
  #what;
  #timer = 0;

  constructor(host, everyMs, what) {
    this.#everyMs = everyMs;
    this.#what = what;
    host.addController(this);
  }

  hostConnected() {
    this.#timer = setInterval(this.#what, this.#everyMs);
  }

  hostDisconnected() {
    clearInterval(this.#timer);
  }
}
