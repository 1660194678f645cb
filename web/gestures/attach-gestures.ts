// Binds fingers, mouse, wheel and keys on a graph's element to the shared view. Events only record; one frame later
// the newest of them is applied, so that a fast finger costs one redraw a frame.

import { wantsLessMotion } from '../view/follow.ts'
import { type Frames, frames as pageFrames } from '../view/frames.ts'
import type { View } from '../view/view.ts'
import { Hand } from './hand.ts'
import { type NextPoint, pressKey } from './keys.ts'
import { Mouse } from './mouse.ts'
import type { Plot } from './plot.ts'
import { belongsToPage, pageScrolled, Wheel } from './wheel.ts'

export type { Plot } from './plot.ts'

export interface GestureOptions {
  frames?: Frames
  /** Bucket length (ms) by which arrow keys move the cursor; default: a hundredth of the window. */
  bucketMs?: () => number
  /** The point to which an arrow key moves the cursor. */
  nextPoint?: NextPoint
  /** Called when this graph is touched, before anything moves. */
  onTouch?: () => void
  /** A finger has rested on this graph and the cursor is locked at its moment. */
  onRest?: () => void
}

/** A finger that has not moved for this long (ms) and so many frames, on a machine that is busy, is a long press. */
const restMs = 500
const restFrames = 20

/** Fingers on different graphs of one view are one hand. */
const hands = new WeakMap<View, Hand>()

/** Makes `element` follow the gestures; returns the way to stop. `plot` is its plot area in client pixels. */
export function attachGestures(
  element: HTMLElement,
  view: View,
  plot: () => Plot,
  options: GestureOptions = {},
): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const context = { element, view, plot, frames: options.frames ?? pageFrames, options, signal }
  attachTouch(context)
  attachMouse(context)
  attachWheel(context)
  attachKeys(context)
  return () => stop.abort()
}

interface Context {
  element: HTMLElement
  view: View
  plot: () => Plot
  frames: Frames
  options: GestureOptions
  signal: AbortSignal
}

const isMouse = (event: PointerEvent): boolean => event.pointerType === 'mouse'

function handOf(view: View): Hand {
  const hand = hands.get(view) ?? new Hand(view, wantsLessMotion)
  hands.set(view, hand)
  return hand
}

function attachTouch({ element, view, plot, frames, options, signal }: Context): void {
  const hand = handOf(view)
  const apply = () => hand.apply()
  const glide = () => {
    if (hand.advance(frameTime())) frames.move(glide)
  }
  const listen = (type: 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel', act: PointerAct) =>
    element.addEventListener(type, (event) => isMouse(event) || act(event), { signal })
  let resting = 0
  const stir = () => cancelAnimationFrame(resting)
  const rest = (id: number, since: number, frame: number) => {
    const isLong = frame >= restFrames && performance.now() - since >= restMs
    if (!isLong) resting = requestAnimationFrame(() => rest(id, since, frame + 1))
    else if (hand.rest(id)) options.onRest?.()
  }
  signal.addEventListener('abort', stir)
  listen('pointerdown', ({ pointerId, clientX, clientY }) => {
    options.onTouch?.()
    hand.down(pointerId, clientX, clientY, plot)
    stir()
    rest(pointerId, performance.now(), 0)
  })
  listen('pointermove', (event) => {
    for (const { clientX, clientY, timeStamp } of eachMove(event))
      if (hand.move(event.pointerId, clientX, clientY, timeStamp)) frames.move(apply)
  })
  const gone = (act: 'up' | 'cancel') => (event: PointerEvent) => {
    stir()
    hand[act](event.pointerId, event.timeStamp)
    if (hand.gliding) frames.move(glide)
  }
  listen('pointerup', gone('up'))
  listen('pointercancel', gone('cancel'))
  // What is ours must not become the browser's: touch-action lets it scroll up and down only, but a pinch of which
  // one finger moves down would still be taken for a scroll.
  const keep = (event: TouchEvent) => {
    if (event.cancelable && (hand.engaged || event.touches.length > 1)) event.preventDefault()
  }
  element.addEventListener('touchstart', keep, { signal, passive: false })
  element.addEventListener('touchmove', keep, { signal, passive: false })
  const noMenu = (event: Event) => hand.touching && event.preventDefault()
  element.addEventListener('contextmenu', noMenu, { signal })
}

/** All that the finger did since the last event; a slow phone tells of it once a frame. */
function eachMove(event: PointerEvent): readonly PointerEvent[] {
  const moves = event.getCoalescedEvents()
  return moves.length > 0 ? moves : [event]
}

/** When the frame that is being made began, ms by the clock of events. */
const frameTime = (): number => Number(document.timeline.currentTime ?? performance.now())

type PointerAct = (event: PointerEvent) => void

function attachMouse({ element, view, plot, frames, options, signal }: Context): void {
  const mouse = new Mouse(view, plot)
  const apply = () => mouse.apply()
  const listen = (type: PointerType, act: PointerAct) =>
    element.addEventListener(type, (event) => isMouse(event) && act(event), { signal })
  listen('pointerdown', (event) => {
    if (event.button !== 0) return
    options.onTouch?.()
    element.setPointerCapture(event.pointerId)
    mouse.press(event.clientX, event.clientY)
  })
  listen('pointermove', ({ clientX }) => {
    options.onTouch?.()
    mouse.move(clientX)
    frames.move(apply)
  })
  listen('pointerup', ({ button }) => {
    if (button === 0) mouse.lift()
  })
  listen('pointercancel', () => mouse.cancel())
  listen('pointerleave', () => {
    frames.cancel(apply)
    mouse.leave()
  })
  element.addEventListener('dblclick', () => mouse.doubleClick(), { signal })
  const unsubscribe = view.subscribe((state, before) => {
    if (mouse.hovering && state.from !== before.from) frames.move(apply)
  })
  signal.addEventListener('abort', unsubscribe)
}

type PointerType = 'pointerdown' | 'pointermove' | 'pointerup' | 'pointercancel' | 'pointerleave'

function attachWheel({ element, view, plot, frames, options, signal }: Context): void {
  const wheel = new Wheel(view, plot)
  const apply = () => wheel.apply()
  const turn = (event: WheelEvent) => {
    if (belongsToPage(event.timeStamp)) return
    event.preventDefault()
    options.onTouch?.()
    wheel.turn(event)
    frames.move(apply)
  }
  element.addEventListener('wheel', turn, { signal, passive: false })
  signal.addEventListener('abort', () => wheel.stop())
  // Bubbles up here last: whatever no graph took is the page's.
  const elsewhere = (event: WheelEvent) => event.defaultPrevented || pageScrolled(event.timeStamp)
  document.addEventListener('wheel', elsewhere, { signal, passive: true })
}

function attachKeys({ element, view, options, signal }: Context): void {
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const bucketMs = options.bucketMs?.() ?? (view.state.to - view.state.from) / 100
    if (pressKey(view, event, bucketMs, options.nextPoint)) event.preventDefault()
  }
  element.addEventListener('keydown', press, { signal })
  // Where nothing has the focus, keys that mean nothing to the page are the first graph's.
  const elsewhere = (event: KeyboardEvent) => {
    if (event.target === document.body && !event.defaultPrevented && !scrollKeys.has(event.key)) press(event)
  }
  document.addEventListener('keydown', elsewhere, { signal })
}

/** What the page scrolls by. */
const scrollKeys: ReadonlySet<string> = new Set(['Home', 'End'])
