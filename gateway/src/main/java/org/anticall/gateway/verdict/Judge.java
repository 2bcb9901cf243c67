package org.anticall.gateway.verdict;

import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Screening;

/** Decides over calls: the rule book, or what stands in for it. Called on event loops; does not block. */
@FunctionalInterface
public interface Judge {

    Screening decide(CallFacts facts);
}
