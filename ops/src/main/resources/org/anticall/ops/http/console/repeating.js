// What a part of a page does again and again, as long as it is on the page; with atOnce also when it comes there.
export class Repeating {
  #everyMs;
  #what;
  #atOnce;
  #timer = 0;

  constructor(host, everyMs, what, { atOnce = false } = {}) {
    this.#everyMs = everyMs;
    this.#what = what;
    this.#atOnce = atOnce;
    host.addController(this);
  }

  hostConnected() {
    this.#timer = setInterval(this.#what, this.#everyMs);
    if (this.#atOnce) this.#what();
  }

  hostDisconnected() {
    clearInterval(this.#timer);
  }
}
