package org.anticall.gateway.config;

import java.net.InetSocketAddress;

/**
 * A mirror of SIP packets and verdicts to a collector that speaks HEPv3 (Homer).
 *
 * @param collector where packets go, UDP
 * @param captureId by which the collector knows this gateway, 1 to 999999
 * @param sample one of this many calls is mirrored, from 1
 */
public record HepSettings(InetSocketAddress collector, int captureId, int sample) {}
