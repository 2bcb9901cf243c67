/** The authoring model: what a rule file says, its reader with exact positions, and its canonical form. Knows nothing of how rules are evaluated. */
@NullMarked
package org.anticall.rules.model;

import org.jspecify.annotations.NullMarked;
