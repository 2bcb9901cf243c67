package org.anticall.ops.evidence;

import java.time.Instant;

/**
 * A caller an operator wants blocked.
 *
 * @param account the operator
 * @param recordId the call it is about
 * @param caller the caller's number as it came
 */
public record BlockProposal(long id, Instant at, String account, String recordId, String caller, String why) {}
