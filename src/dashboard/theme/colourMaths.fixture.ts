/** What the eye makes of a colour, for tests of the tokens. Colours are `#rrggbb`. */

/** Red, green and blue as light, 0 to 1. */
type Light = readonly [number, number, number];

/** How people see: as most do, or without one kind of cone. */
export const sights = ["trichromacy", "protanopia", "deuteranopia", "tritanopia"] as const;
export type Sight = (typeof sights)[number];

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear light. */
const losses: Record<Sight, readonly [Light, Light, Light]> = {
  trichromacy: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Contrast of two colours by WCAG 2.2: 1 (none) to 21. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(lightOf(one)), luminance(lightOf(other))].sort(
    (left, right) => right - left,
  );
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** Distance of two colours in OKLab as someone sees them: about 0.02 is just noticeable side by side. */
export function distance(one: string, other: string, sight: Sight): number {
  const left = oklab(seen(lightOf(one), sight));
  const right = oklab(seen(lightOf(other), sight));
  return Math.hypot(left[0] - right[0], left[1] - right[1], left[2] - right[2]);
}

function lightOf(hex: string): Light {
  const channel = (start: number): number => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance([red, green, blue]: Light): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function seen(light: Light, sight: Sight): Light {
  const [red, green, blue] = losses[sight];
  const bounded = (row: Light): number =>
    Math.min(1, Math.max(0, row[0] * light[0] + row[1] * light[1] + row[2] * light[2]));
  return [bounded(red), bounded(green), bounded(blue)];
}

/** Björn Ottosson's OKLab. */
function oklab([red, green, blue]: Light): Light {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}
