import type { CueKind } from "./cues.ts";

type Tone = { readonly hertz: number; readonly atSeconds: number };

/** What each kind sounds like: three falling tones to act, two for a person, one to look. Good news makes no sound. */
const tones: Record<CueKind, readonly Tone[]> = {
  act: [
    { hertz: 880, atSeconds: 0 },
    { hertz: 660, atSeconds: 0.22 },
    { hertz: 440, atSeconds: 0.44 },
  ],
  person: [
    { hertz: 523, atSeconds: 0 },
    { hertz: 784, atSeconds: 0.22 },
  ],
  look: [{ hertz: 523, atSeconds: 0 }],
  done: [],
};

const toneSeconds = 0.18;
const loudness = 0.25;

let context: AudioContext | undefined;

/** Whether the browser lets this page sound: many do only after a click or a key. */
export function canSound(): boolean {
  try {
    context ??= new AudioContext();
  } catch {
    // A machine without any sound.
    return false;
  }
  return context.state === "running";
}

/** Asks the browser for leave to sound; it may give it only inside a click or a key. */
export async function wakeSound(): Promise<boolean> {
  if (!canSound()) {
    // Refused outside a click: the next click asks again.
    await context?.resume().catch(() => undefined);
  }
  return canSound();
}

/** Sounds a cue, where that is allowed. */
export function sound(kind: CueKind): void {
  if (!canSound() || context === undefined) {
    return;
  }
  const start = context.currentTime;
  for (const { hertz, atSeconds } of tones[kind]) {
    const oscillator = new OscillatorNode(context, { frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    const from = start + atSeconds;
    // Without a soft edge each tone would click.
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(loudness, from + 0.02);
    gain.gain.linearRampToValueAtTime(0, from + toneSeconds);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(from + toneSeconds);
  }
}
