package org.anticall.rules.call;

/** What one look at a call yields: a {@link Decision}, or a {@link RoamingQuery} to answer first. */
public sealed interface Screening permits Decision, RoamingQuery {}
