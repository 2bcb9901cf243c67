/**
 * Simple SIP user agents to try the product with: carriers that place calls, and called parties, who may be citizens or
 * operators' phones that register. They speak SIP as strangers would and show plain Java types to their users; they know
 * nothing of the desk, of rules, or of what a call should come to. Start with {@link org.anticall.ops.sip.agent.Carrier}
 * and {@link org.anticall.ops.sip.agent.CalledParty}.
 */
@NullMarked
package org.anticall.ops.sip.agent;

import org.jspecify.annotations.NullMarked;
