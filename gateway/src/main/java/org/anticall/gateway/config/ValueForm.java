package org.anticall.gateway.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of value is written.
 *
 * @param expected what a right value looks like, for people: "an IP address and port such as 127.0.0.1:9100"
 * @param reader the value, or null if the text is not of this form
 */
record ValueForm<T>(String expected, Function<String, @Nullable T> reader) {}
