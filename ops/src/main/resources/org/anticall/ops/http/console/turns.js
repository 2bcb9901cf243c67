// One thing after the other: what is asked later begins when the former is done, well or not.
export class Turns {
  #last = Promise.resolve();

  /**
   * @template T
   * @param {() => Promise<T>} what
   * @returns {Promise<T>} what it came to
   */
  take(what) {
    const turn = this.#last.then(what);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
