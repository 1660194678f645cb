// Cards are of different heights; on a wide screen each stands right below the one above it instead of leaving holes.
// The grid has lines a few pixels apart, and each card is told how many of them it covers; the rest is the browser's
// dense packing. Their order in the document stays, so that keys and screen readers meet them as they are.

/** Distance of the grid's lines in CSS px, as the style sheet has it. */
const linePx = 4

const observer = new ResizeObserver((entries) => {
  for (const { target, borderBoxSize } of entries) {
    const height = borderBoxSize[0]?.blockSize ?? 0
    if (target instanceof HTMLElement) target.style.setProperty('--lines', String(Math.ceil(height / linePx)))
  }
})

/** Keeps the card's place as high as the card is, until it is forgotten. */
export const measureCard = (card: HTMLElement): void => observer.observe(card)

export const forgetCard = (card: HTMLElement): void => observer.unobserve(card)
