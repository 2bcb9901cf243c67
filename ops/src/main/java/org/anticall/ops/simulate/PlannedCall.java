package org.anticall.ops.simulate;

import java.time.Duration;
import org.anticall.ops.sip.agent.CallOffer;
import org.anticall.ops.sip.agent.Manner;

/**
 * One call of the traffic before it is placed: what it says, what must become of it, and how its two ends behave.
 *
 * @param index place in the traffic, from 0
 * @param recipe what kind of call it is
 * @param offer what the INVITE says
 * @param callee how the called citizen treats it
 * @param patience how long the caller lets it ring before giving up
 * @param talk after what time of conversation the caller hangs up, if the other end has not
 */
record PlannedCall(int index, Recipe recipe, CallOffer offer, Manner callee, Duration patience, Duration talk) {}
