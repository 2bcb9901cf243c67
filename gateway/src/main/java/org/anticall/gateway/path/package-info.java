/**
 * The way of a call through the gateway. Read {@link org.anticall.gateway.path.CallPath} first: judged INVITEs have
 * transactions here (RFC 3261 §16–17, RFC 6026), everything in a dialog is forwarded by what the message itself carries.
 * All of it is owned by one event loop.
 */
@NullMarked
package org.anticall.gateway.path;

import org.jspecify.annotations.NullMarked;
