/* What a busy helper hears and feels: one high tone is good, two low ones are not. */

const TONES = { good: [[880, 0.12]], warn: [[440, 0.15], [440, 0.15]], bad: [[196, 0.25], [196, 0.25]] };
const SHAKES = { good: [60], warn: [80, 80, 80], bad: [250, 100, 250] };

let context = null;

export function feel(colour) {
  if (!(colour in TONES)) return;
  navigator.vibrate?.(SHAKES[colour]);
  try {
    context ??= new AudioContext();
    let at = context.currentTime;
    for (const [pitch, length] of TONES[colour]) {
      tone(pitch, at, length);
      at += length + 0.08;
    }
  } catch {
    // A phone without sound still shows and shakes.
  }
}

function tone(pitch, at, length) {
  const [voice, volume] = [context.createOscillator(), context.createGain()];
  voice.frequency.value = pitch;
  volume.gain.setValueAtTime(0.2, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + length);
  voice.connect(volume).connect(context.destination);
  voice.start(at);
  voice.stop(at + length);
}
