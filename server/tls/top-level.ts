// Some machines are called like a part of the internet: whoever may speak for `dev` may speak for every name that ends
// in it.

import topLevelDomains from 'tlds' with { type: 'json' }

const known: ReadonlySet<string> = new Set(topLevelDomains)

/** Names of two letters are countries, also those to come. */
export const isTopLevel = (name: string): boolean => /^[a-z]{2}$/.test(name) || known.has(name)
