// Chart.js builds an object per point and updates them all on every change; that is most of what it spends its time
// on. This controller has no elements at all, and draws nothing: a graph's series are painted from their columns, not on
// the chart's canvas but on one that slides with the window.

import { DatasetController, Element } from 'chart.js'

/** Chart.js wants a class for the elements that this controller never makes. */
export class NoElement extends Element {
  static readonly id = 'none'
  static override defaults = {}
}

export class BandController extends DatasetController<'band'> {
  static readonly id = 'band'
  static readonly defaults = {
    datasetElementType: false,
    dataElementType: NoElement.id,
    parsing: false,
    animation: false,
  }

  override addElements(): void {}
  override buildOrUpdateElements(): void {}
  override update(): void {}

  override draw(): void {}
}
