// What the parts of a chart (axes, dataset controller) need to know to paint, carried by the chart's only dataset.

import type { Chart, CoreChartOptions, LinearScaleOptions } from 'chart.js'
import type { GraphModel } from './model.ts'
import type { GraphTheme } from './theme.ts'
import type { ValueRange } from './value-range.ts'

export interface Paint {
  readonly model: GraphModel
  readonly unit: string
  theme: GraphTheme
  /** What the value axis shows. */
  range: ValueRange
}

declare module 'chart.js' {
  interface CartesianScaleTypeRegistry {
    window: { options: LinearScaleOptions }
    values: { options: LinearScaleOptions }
  }
  interface ChartTypeRegistry {
    band: {
      chartOptions: CoreChartOptions<'band'>
      datasetOptions: { paint: Paint }
      defaultDataPoint: number
      metaExtensions: object
      parsedDataType: object
      scales: 'window' | 'values'
    }
  }
}

/** The paint of a chart that was made with one dataset of type `band`. */
export function paintOf(chart: Chart): Paint {
  const [dataset] = chart.data.datasets
  if (!dataset || !('paint' in dataset)) throw new Error('a band chart has one dataset with its paint')
  return dataset.paint as Paint
}
