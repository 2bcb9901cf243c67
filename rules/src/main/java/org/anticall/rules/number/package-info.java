/** Telephone numbers: their one identity ({@link org.anticall.rules.number.E164}), what a signalling field says of a party, normalisation, and the numbering plans of the home countries as data. Knows nothing of calls or rules. */
@NullMarked
package org.anticall.rules.number;

import org.jspecify.annotations.NullMarked;
