package org.anticall.gateway.config;

import java.nio.file.Path;

/**
 * Calls the desk places through the gateway: a caller it lets go on after it has answered.
 *
 * @param bypassKey file with the key that signs its tokens, at least 16 bytes
 * @param route name of the hop group such calls go to
 */
public record DeskCalls(Path bypassKey, String route) {}
