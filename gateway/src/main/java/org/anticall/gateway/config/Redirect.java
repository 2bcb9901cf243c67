package org.anticall.gateway.config;

/**
 * The gateway answers a trunk's calls instead of carrying them: its peers ask for a verdict and route the call themselves.
 *
 * @param clean status that tells them to carry on with the call, 300 to 699
 */
public record Redirect(int clean) {}
