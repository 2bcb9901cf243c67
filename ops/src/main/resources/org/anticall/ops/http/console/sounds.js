// What the page itself sounds like: the ring, and one tone when something needs attention. Made here, no files.

let context = null;

function audio() {
  context ??= new AudioContext();
  if (context.state === "suspended") context.resume();
  return context;
}

/** One soft tone. */
function tone(hertz, from, seconds, volume) {
  const at = audio();
  const swing = at.createOscillator();
  const gain = at.createGain();
  swing.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at.currentTime + from);
  gain.gain.linearRampToValueAtTime(volume, at.currentTime + from + 0.03);
  gain.gain.setTargetAtTime(0, at.currentTime + from + seconds - 0.08, 0.03);
  swing.connect(gain).connect(at.destination);
  swing.start(at.currentTime + from);
  swing.stop(at.currentTime + from + seconds + 0.2);
}

/** Two tones every two seconds, louder after six; the returned function ends it at once. */
export function ring() {
  const began = Date.now();
  const once = () => {
    const volume = Date.now() - began > 6_000 ? 0.28 : 0.2;
    tone(660, 0, 0.4, volume);
    tone(880, 0.4, 0.4, volume);
  };
  once();
  const timer = setInterval(once, 2_000);
  return () => clearInterval(timer);
}

/** One short tone. */
export const ping = () => tone(740, 0, 0.15, 0.15);

/** Levels of a stream from 0 to 1, to be asked for; the returned object ends with close(). */
export function meter(stream) {
  const analyser = audio().createAnalyser();
  const source = audio().createMediaStreamSource(stream);
  source.connect(analyser);
  analyser.fftSize = 512;
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
      return Math.min(1, Math.sqrt(power) * 4);
    },
    close: () => source.disconnect(),
  };
}
