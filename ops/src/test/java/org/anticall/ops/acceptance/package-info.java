/**
 * The product as its users run it: processes started by the launcher, called by SIPp as carrier and callee, answered by
 * baresip as an operator's phone, killed while calls are under way. Nothing here reaches into the code under test.
 */
package org.anticall.ops.acceptance;
