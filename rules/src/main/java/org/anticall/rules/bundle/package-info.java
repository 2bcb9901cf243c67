/**
 * How a rule set travels: a signed bundle of the rule file and its lists, its one signer and its one verifier. Knows
 * nothing of what the rules mean and never trusts a byte that no pinned key vouches for.
 */
@NullMarked
package org.anticall.rules.bundle;

import org.jspecify.annotations.NullMarked;
