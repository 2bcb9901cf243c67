package org.anticall.gateway.config;

/**
 * Where roaming answers come from, and how long they hold.
 *
 * @param source who answers
 * @param memory how long answers are remembered; an out-roamer list is not remembered beside itself
 */
public record Roaming(RoamingSource source, RoamingMemory memory) {}
