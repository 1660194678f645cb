// The zoom plugin brings its own touch recognizer unless there is none: the bundle resolves `hammerjs` to this.

export default undefined
