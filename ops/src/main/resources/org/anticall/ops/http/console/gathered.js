// Waiting for the addresses of a WebRTC link.
const GATHER_WITHIN_MS = 2_000;

/** Resolves when the browser has all its addresses, or after a while with those it has. */
export function gathered(link) {
  if (link.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_WITHIN_MS);
    link.addEventListener("icegatheringstatechange", () => {
      if (link.iceGatheringState !== "complete") return;
      clearTimeout(timer);
      resolve();
    });
  });
}
