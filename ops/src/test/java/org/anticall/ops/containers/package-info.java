/**
 * The product as images: gateways, centre, database and media relays in containers on networks of their own, calls by SIPp
 * between them, and parts that are stopped, killed, paused and cut off meanwhile. Where no Docker engine answers the tests
 * are skipped and say so.
 */
package org.anticall.ops.containers;
