// Guesses the next whole number of a column, so that only the error is stored: zero for numbers that jump about,
// the last one for steps, the line through the last two for counters, a moving average for noise.

/** Fills `out` with value minus guess. */
type Forward = (values: Float64Array, out: Float64Array) => void
/** Turns errors into values, in place. */
type Backward = (errors: Float64Array) => void

interface Predictor {
  forward: Forward
  backward: Backward
}

const none: Predictor = {
  forward: (values, out) => out.set(values),
  backward: () => {},
}

const last: Predictor = {
  forward(values, out) {
    let before = 0
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number
      out[i] = value - before
      before = value
    }
  },
  backward(errors) {
    let before = 0
    for (let i = 0; i < errors.length; i++) {
      before += errors[i] as number
      errors[i] = before
    }
  },
}

const line: Predictor = {
  forward(values, out) {
    let before = 0
    let slope = 0
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number
      out[i] = value - before - slope
      slope = i === 0 ? 0 : value - before
      before = value
    }
  },
  backward(errors) {
    let before = 0
    let slope = 0
    for (let i = 0; i < errors.length; i++) {
      const value = (errors[i] as number) + before + slope
      slope = i === 0 ? 0 : value - before
      before = value
      errors[i] = value
    }
  },
}

/** Follows by `weight` (a power of two, so that every machine computes the same) of the distance. */
function average(weight: number): Predictor {
  return {
    forward(values, out) {
      let mean = 0
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number
        out[i] = value - Math.round(mean)
        mean = i === 0 ? value : mean + (value - mean) * weight
      }
    },
    backward(errors) {
      let mean = 0
      for (let i = 0; i < errors.length; i++) {
        const value = (errors[i] as number) + Math.round(mean)
        mean = i === 0 ? value : mean + (value - mean) * weight
        errors[i] = value
      }
    },
  }
}

/** By the number that a column names its predictor with. */
export const predictors: readonly Predictor[] = [none, last, line, average(1 / 2), average(1 / 4)]
