/**
 * The product tried out: traffic that looks like the real thing, carriers, citizens and operators' phones around a real
 * gateway and a real centre, and the {@code demo} command that puts them together. What became of a call is read from
 * what its ends saw on the wire; this package asks neither the rule engine nor the desk for a verdict. It may not know
 * {@code javax.sip}: the agents of {@code ops.sip.agent} speak SIP. Read {@link org.anticall.ops.simulate.Demo} first.
 */
@NullMarked
package org.anticall.ops.simulate;

import org.jspecify.annotations.NullMarked;
