// What the generator asks of the store, and what each call costs: CPU in sum, and the longest wait.

import type { Store } from '../../store/types.ts'
import { longest } from './statistics.ts'

export interface StoreCosts {
  /** CPU of all calls, microseconds, user and system. */
  cpuUs: number
  /** Longest call of each method, milliseconds. */
  longestMs: Record<string, number>
  /** Most CPU of one call of each method, milliseconds: what of the longest a busy machine does not explain. */
  mostCpuMs: Record<string, number>
}

/** The same store, its calls measured; `reset` forgets what was measured so far. */
export function timedStore(store: Store): { store: Store; costs: () => StoreCosts; reset: () => void } {
  let cpuUs = 0
  let longestMs: Record<string, number> = {}
  let mostCpuMs: Record<string, number> = {}

  function measured<Given extends unknown[], Got>(name: string, call: (...given: Given) => Got) {
    return (...given: Given): Got => {
      const before = process.cpuUsage()
      const began = performance.now()
      try {
        return call.apply(store, given)
      } finally {
        longestMs[name] = Math.max(longestMs[name] ?? 0, performance.now() - began)
        const { user, system } = process.cpuUsage(before)
        cpuUs += user + system
        mostCpuMs[name] = Math.max(mostCpuMs[name] ?? 0, (user + system) / 1000)
      }
    }
  }

  const wrapped = new Proxy(store, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver)
      return typeof value === 'function' ? measured(String(name), value.bind(target)) : value
    },
  })
  return {
    store: wrapped,
    costs: () => ({ cpuUs, longestMs: { ...longestMs }, mostCpuMs: { ...mostCpuMs } }),
    reset() {
      cpuUs = 0
      longestMs = {}
      mostCpuMs = {}
    },
  }
}

/** The longest of all calls, milliseconds. */
export const longestCall = ({ longestMs }: StoreCosts): number => longest(Object.values(longestMs))
