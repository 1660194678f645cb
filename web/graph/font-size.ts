// The size of the axes' letters, for whoever paints them.

/** CSS px. */
export const fontSize = 11
