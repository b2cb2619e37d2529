// Put before the desktop bundles: what Node 24 has and the older Electron of the tests (Node 18) lacks. Does nothing in the shipped one.
;(() => {
  const crypto = require('node:crypto')
  crypto.hash ??= (algorithm, content, encoding = 'hex') => {
    const digest = crypto.createHash(algorithm).update(content)
    return encoding === 'buffer' ? digest.digest() : digest.digest(encoding)
  }
  const zlib = require('node:zlib')
  zlib.crc32 ??= (bytes, before = 0) => {
    let value = ~before
    for (const byte of typeof bytes === 'string' ? Buffer.from(bytes) : bytes) {
      value ^= byte
      for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    }
    return ~value >>> 0
  }
  Object.groupBy ??= (items, keyOf) => {
    const groups = Object.create(null)
    let index = 0
    for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item)
    return groups
  }
  Map.groupBy ??= (items, keyOf) => {
    const groups = new Map()
    let index = 0
    for (const item of items) {
      const key = keyOf(item, index++)
      if (groups.has(key)) groups.get(key).push(item)
      else groups.set(key, [item])
    }
    return groups
  }
  Promise.withResolvers ??= () => {
    let resolve, reject
    const promise = new Promise((...both) => ([resolve, reject] = both))
    return { promise, resolve, reject }
  }
})()
