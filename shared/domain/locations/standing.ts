/** Where a place stands on the earth: a room, a stage or a gate without coordinates stands where its venue stands. */
import type { Row } from '../entity.ts'
import type { Reader } from '../operation.ts'
import { location } from './model.ts'

type Place = Pick<Row<typeof location>, 'id' | 'parent_id' | 'latitude' | 'longitude'>

/** Degrees, WGS 84. */
export interface Point {
  latitude: number
  longitude: number
}

/** Reads what is above the places, one level at a time, and answers for each its own point or the nearest one above; null: none is known. */
export async function pointsOf(reader: Reader, places: readonly Place[]): Promise<(place: Place) => Point | null> {
  const known = new Map<string, Place>(places.map((row) => [row.id, row]))
  for (let above = places; above.length > 0; ) {
    above = await reader.getMany(location, [...new Set(above.flatMap(({ parent_id }) => (parent_id && !known.has(parent_id) ? [parent_id] : [])))])
    for (const row of above) known.set(row.id, row)
  }
  return (place) => {
    const passed = new Set<string>()
    for (let at: Place | undefined = place; at && !passed.has(at.id); at = at.parent_id ? known.get(at.parent_id) : undefined) {
      passed.add(at.id)
      if (at.latitude !== null && at.longitude !== null) return { latitude: at.latitude, longitude: at.longitude }
    }
    return null
  }
}
