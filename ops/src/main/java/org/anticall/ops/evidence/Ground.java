package org.anticall.ops.evidence;

import java.time.Instant;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.record.DecisionRecord;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was diverted, as much of its record as the board shows.
 *
 * @param at when the INVITE reached the gateway
 * @param node the gateway that decided
 * @param trunk the trunk it came on
 * @param rule id of the deciding rule, null if none decided
 * @param reason one sentence for people
 * @param revision revision of the rule set
 */
public record Ground(
        Instant at, String node, String trunk, @Nullable String rule, LocalizedText reason, long revision) {

    static Ground of(DecisionRecord record) {
        return new Ground(
                record.at(),
                record.node(),
                record.facts().trunk(),
                record.decision().rule(),
                record.decision().reason(),
                record.decision().revision());
    }
}
