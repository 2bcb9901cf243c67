package org.anticall.rules.model;

/** Whether a rule acts. */
public enum Mode {
    LIVE,
    /** It is evaluated and its hits are recorded, but it changes no call and asks for no roaming state. */
    SHADOW,
    /** It acts for the calls of its {@link Canary} and watches all others. */
    CANARY
}
