/** The evidence line of a judged call and its one codec. Gateways write it, ops reads it. */
@NullMarked
package org.anticall.rules.record;

import org.jspecify.annotations.NullMarked;
