// What stands on a tape in the places of slots.

/** In a slot's first parent: nothing flows on from here. */
export const LEAF = -1;
/** In a slot's first parent: entries of an array are handed to it here; the second parent is the first of them, the first partial its number. */
export const BLOCK = -2;
/** In a slot's first parent: the slot is a weighted sum of a view; the second parent numbers the view, the first partial is the weight. */
export const TOTAL = -3;
/** In a slot's first parent: the partials are traced; the second parent numbers them. */
export const TRACED = -4;
/** In a slot's first parent: record k is run here; it stands as FIRST_RECORD − k. */
export const FIRST_RECORD = -5;

/** Entries of arrays are numbered from here on. They have a cotangent each and nothing else: no parents, no partials. */
export const ENTRY: number = 2 ** 30;
