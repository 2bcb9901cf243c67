/**
 * The decision journal: records on disk before an interception takes effect, and their way to ops. It knows bytes and
 * files, not calls: what a record says is the business of {@code rules.record}, when one is due that of {@code
 * gateway.path}. Nothing here blocks an event loop.
 */
@NullMarked
package org.anticall.gateway.journal;

import org.jspecify.annotations.NullMarked;
