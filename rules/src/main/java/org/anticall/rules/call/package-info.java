/** What a call looks like to the engine and what the engine says of it: facts in, verdict and decision out. Values only. */
@NullMarked
package org.anticall.rules.call;

import org.jspecify.annotations.NullMarked;
