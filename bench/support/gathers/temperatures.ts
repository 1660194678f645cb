// One of the eight categories of the realistic machine, for the generator under measurement.

import { realisticGather } from '../realistic-gather.ts'

export default realisticGather('temperatures')
