/**
 * The gateway's configuration: one record tree ({@link org.anticall.gateway.config.GatewayConfig}), read and checked in
 * one go, with all problems at once. Values only: it opens no socket and starts nothing, and it knows no other package of
 * the gateway.
 */
@NullMarked
package org.anticall.gateway.config;

import org.jspecify.annotations.NullMarked;
