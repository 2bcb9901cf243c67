/**
 * From approved orders to what gateways enforce: assembles the rule set, compiles it with the gateways' own compiler, rehearses
 * it, signs it as revision N+1, keeps it for ever and hands it to gateways that wait for it. Knows no HTTP; the database only
 * through {@code ops.store}.
 */
@NullMarked
package org.anticall.ops.publish;

import org.jspecify.annotations.NullMarked;
