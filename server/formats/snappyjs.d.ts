declare module 'snappyjs' {
  /** Throws an Error for what is no Snappy block, or unpacks to more than `maxLength` bytes. */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array
  export function compress(bytes: Uint8Array): Uint8Array
}
