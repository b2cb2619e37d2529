/** Distances on the earth. */
export interface Point {
  /** Degrees, WGS 84. */
  latitude: number
  longitude: number
}

/** Mean radius of the earth in metres (IUGG 1980, R1). */
const EARTH_RADIUS = 6_371_008.8
const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Metres along the great circle, as the crow flies (haversine; within 0.6 % of the ellipsoid). */
export function greatCircle(from: Point, to: Point): number {
  const half = (one: number, other: number): number => Math.sin(radians(other - one) / 2) ** 2
  const chord = half(from.latitude, to.latitude) + Math.cos(radians(from.latitude)) * Math.cos(radians(to.latitude)) * half(from.longitude, to.longitude)
  return 2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(chord)))
}
