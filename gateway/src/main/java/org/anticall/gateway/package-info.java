/**
 * The gateway's process: command line, start order and end. Everything else lives in the packages below; this one only
 * puts them together.
 */
@NullMarked
package org.anticall.gateway;

import org.jspecify.annotations.NullMarked;
