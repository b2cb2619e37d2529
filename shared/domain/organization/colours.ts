/**
 * Colours of departments. The twelve of the design are known by their token and follow the theme; a colour of one's own is kept as
 * `#RRGGBB`, moved to the nearest lightness at which it is seen in every theme (3:1 at least on the ground of panels; ui 3.3). Hue and,
 * as far as the screen can show it, chroma stay. Lightness, chroma and hue are OKLCH (Björn Ottosson, 2020); ratios are WCAG 2.x.
 */
export const departmentColours = ['prd', 'reg', 'lum', 'son', 'vid', 'plt', 'hmc', 'rig', 'log', 'sec', 'cat', 'acc'] as const
export type DepartmentColour = (typeof departmentColours)[number]
export const isDepartmentColour = (text: string): text is DepartmentColour => departmentColours.some((known) => known === text)

/** `surface-raised` of light, dark, high-contrast light and high-contrast dark; a test compares them with the design's tokens. */
export const GROUNDS: Readonly<Record<string, string>> = { light: '#FFFFFF', dark: '#15181D', 'hc-light': '#FFFFFF', 'hc-dark': '#000000' }
export const SEEN_RATIO = 3

type Triple = readonly [number, number, number]

const HEX = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i
const toLinear = (part: number): number => (part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
const fromLinear = (part: number): number => (part <= 0.003_130_8 ? part * 12.92 : 1.055 * part ** (1 / 2.4) - 0.055)

function linearOf(hex: string): Triple | null {
  const [, red, green, blue] = HEX.exec(hex) ?? []
  if (red === undefined || green === undefined || blue === undefined) return null
  return [toLinear(parseInt(red, 16) / 255), toLinear(parseInt(green, 16) / 255), toLinear(parseInt(blue, 16) / 255)]
}
const hexOf = (linear: Triple): string =>
  `#${linear.map((part) => Math.round(Math.min(1, Math.max(0, fromLinear(Math.min(1, Math.max(0, part))))) * 255).toString(16).padStart(2, '0')).join('')}`.toUpperCase()
const luminance = ([red, green, blue]: Triple): number => 0.2126 * red + 0.7152 * green + 0.0722 * blue

function toOklab([red, green, blue]: Triple): Triple {
  const l = Math.cbrt(0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue)
  const m = Math.cbrt(0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue)
  const s = Math.cbrt(0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue)
  return [
    0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
    1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
    0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
  ]
}
function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b) ** 3
  const m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b) ** 3
  const s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b) ** 3
  return [
    4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
    -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
    -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
  ]
}
const isShown = (linear: Triple): boolean => linear.every((part) => part >= -0.000_5 && part <= 1.000_5)

/** The colour at another lightness: with its chroma, or the most of it that a screen shows there. */
function atLightness([, a, b]: Triple, lightness: number): string {
  let [least, most] = [0, 1]
  if (isShown(fromOklab([lightness, a, b]))) least = 1
  else
    for (let step = 0; step < 24; step++) {
      const part = (least + most) / 2
      if (isShown(fromOklab([lightness, a * part, b * part]))) least = part
      else most = part
    }
  return hexOf(fromOklab([lightness, a * least, b * least]))
}

/** WCAG contrast of two `#RRGGBB`, 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [first, second] = [linearOf(one), linearOf(other)]
  if (!first || !second) return 1
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}
export const isSeenEverywhere = (hex: string): boolean => Object.values(GROUNDS).every((ground) => contrastOf(hex, ground) >= SEEN_RATIO)

const STEP = 0.002

/** `#RRGGBB` at the nearest lightness that is seen in every theme; itself when it is already; null when it is no colour. */
export function snapColour(hex: string): string | null {
  const linear = linearOf(hex)
  if (!linear) return null
  const plain = hex.toUpperCase()
  if (isSeenEverywhere(plain)) return plain
  const lab = toOklab(linear)
  for (let away = STEP; away <= 1; away += STEP)
    for (const lightness of [lab[0] - away, lab[0] + away]) {
      if (lightness < 0 || lightness > 1) continue
      const tried = atLightness(lab, lightness)
      if (isSeenEverywhere(tried)) return tried
    }
  return null
}
