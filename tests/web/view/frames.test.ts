import { describe, expect, test } from 'vitest'
import { Frames } from '../../../web/view/frames.ts'

/** Frames that are run by hand, over a clock that jobs turn. */
function manual(budgetMs = 5) {
  const asked: (() => void)[] = []
  const done: string[] = []
  let time = 0
  const frames = new Frames({ request: (callback) => asked.push(callback), clock: () => time, budgetMs })
  const job =
    (name: string, ms = 0, then = () => {}) =>
    () => {
      done.push(name)
      time += ms
      then()
    }
  const run = () => {
    for (const callback of asked.splice(0)) callback()
    return done.splice(0)
  }
  return { frames, job, run, asked }
}

describe('Frames', () => {
  test('move(), place() and draw() run in this order in one frame', () => {
    const { frames, job, run, asked } = manual()
    frames.draw(job('draw'))
    frames.place(job('place'))
    frames.move(job('move'))
    expect(asked).toHaveLength(1)
    expect(run()).toEqual(['move', 'place', 'draw'])
    expect(asked).toHaveLength(0)
  })

  test('move() runs a job once a frame however often it is asked for', () => {
    const { frames, job, run } = manual()
    const move = job('move')
    for (let n = 0; n < 5; n++) frames.move(move)
    expect(run()).toEqual(['move'])
    expect(run()).toEqual([])
  })

  test('place() and draw() asked for by a move run in the same frame, without another', () => {
    const { frames, job, run, asked } = manual()
    const draw = job('draw')
    const place = job('place', 0, () => frames.draw(draw))
    frames.move(job('move', 0, () => frames.place(place)))
    expect(run()).toEqual(['move', 'place', 'draw'])
    expect(asked).toHaveLength(0)
  })

  test('draw() begins nothing beyond the budget and goes on in the next frame', () => {
    const { frames, job, run } = manual(5)
    for (const name of ['a', 'b', 'c', 'd']) frames.draw(job(name, 3))
    expect(run()).toEqual(['a', 'b'])
    expect(run()).toEqual(['c', 'd'])
    expect(run()).toEqual([])
  })

  test('draw() counts the work that a job leaves for the end of the frame', () => {
    const { frames, job, run } = manual(5)
    frames.draw(() => {
      job('heavy', 1)()
      return 4
    })
    frames.draw(job('next'))
    expect(run()).toEqual(['heavy'])
    expect(run()).toEqual(['next'])
  })

  test('draw() begins one even when moves have used up the budget', () => {
    const { frames, job, run } = manual(5)
    frames.move(job('move', 9))
    frames.draw(job('a'))
    frames.draw(job('b'))
    expect(run()).toEqual(['move', 'a'])
    expect(run()).toEqual(['b'])
  })

  test('prefer() draws the touched graph first, the others in the order of their waiting', () => {
    const { frames, job, run } = manual(5)
    const touched = job('touched', 4)
    const [a, b] = [job('a', 4), job('b', 4)]
    frames.prefer(touched)
    for (const draw of [a, b, touched]) frames.draw(draw)
    expect(run()).toEqual(['touched', 'a'])
    for (const draw of [a, b, touched]) frames.draw(draw)
    expect(run()).toEqual(['touched', 'b'])
  })

  test('cancel() forgets a job', () => {
    const { frames, job, run } = manual()
    const [draw, move, place] = [job('draw'), job('move'), job('place')]
    frames.draw(draw)
    frames.move(move)
    frames.place(place)
    for (const forgotten of [draw, move, place]) frames.cancel(forgotten)
    expect(run()).toEqual([])
  })

  test('a job that asks for itself runs once a frame', () => {
    const { frames, job, run } = manual()
    const again = job('again', 0, () => frames.move(again))
    frames.move(again)
    expect(run()).toEqual(['again'])
    expect(run()).toEqual(['again'])
  })
})
