// Where a page can be reached by a WebRTC link.
const GATHER_WITHIN_MS = 2_000;

let allowed = false;

/**
 * Chrome keeps a page's addresses from the relay until the person has allowed the microphone: asks for it, once a page.
 * Without it the link may come about all the same, only later.
 */
export async function reachable() {
  if (allowed) return;
  try {
    const asked = await navigator.mediaDevices.getUserMedia({ audio: true });
    for (const track of asked.getTracks()) track.stop();
    allowed = true;
  } catch {
    // no microphone, or the person does not want it
  }
}

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
