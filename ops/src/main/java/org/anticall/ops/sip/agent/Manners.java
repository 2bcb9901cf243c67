package org.anticall.ops.sip.agent;

/** How the called party treats those who call. Called on threads of the agent, one event of a call at a time. */
@FunctionalInterface
public interface Manners {

    /** How this call is treated; asked once, before it rings. */
    Manner of(ArrivedCall call);

    /** The call is refused now, as {@link Manner.Refuses} told; a call whose caller gave up before is not. */
    default void refused(ArrivedCall call) {}
}
