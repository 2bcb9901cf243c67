package org.anticall.gateway.verdict;

import org.anticall.rules.RuleBook;
import org.anticall.rules.call.CallEnd;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Screening;
import org.anticall.rules.call.Verdict;

/** The rule book as the judge of calls. Thread-safe. */
public final class RulesJudge implements Judge {

    private final RuleBook book;

    public RulesJudge(RuleBook book) {
        this.book = book;
    }

    @Override
    public Screening decide(CallFacts facts) {
        return book.decide(facts);
    }

    @Override
    public CallFacts observe(CallFacts facts) {
        return book.observe(facts);
    }

    @Override
    public void decided(CallFacts facts, Verdict.Kind verdict) {
        book.decided(facts, verdict);
    }

    @Override
    public void ended(CallEnd end) {
        book.ended(end);
    }
}
