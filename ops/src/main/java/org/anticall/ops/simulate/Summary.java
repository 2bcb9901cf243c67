package org.anticall.ops.simulate;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What became of a demo's calls; its JSON form is read by other programs.
 *
 * @param offered calls placed
 * @param passed arrived at the callee as sent, without having been diverted
 * @param labelled arrived with a mark, without having been diverted
 * @param withheld arrived without the caller's number
 * @param rejected declined
 * @param diverted went to the desk: answered and laddered together
 * @param answered answered by an operator
 * @param laddered not kept by the desk and gone on to the callee: with a mark, or as sent where an operator released it
 * @param released those of them that an operator released
 * @param wrong met another verdict than they had to
 * @param lost never came to the end their parties meant
 * @param decisionMicros time of a decision inside the gateway
 * @param retransmissions requests that reached the gateway more than once, null where the gateway does not tell
 * @param seconds from the first call to the end of the last
 */
@JsonPropertyOrder({
    "offered",
    "passed",
    "labelled",
    "withheld",
    "rejected",
    "diverted",
    "answered",
    "laddered",
    "released",
    "wrong",
    "lost",
    "decision_us",
    "retransmissions",
    "seconds"
})
public record Summary(
        int offered,
        int passed,
        int labelled,
        int withheld,
        int rejected,
        int diverted,
        int answered,
        int laddered,
        int released,
        int wrong,
        int lost,
        @JsonProperty("decision_us") Quantiles decisionMicros,
        @Nullable Long retransmissions,
        double seconds) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Median and 99th percentile, microseconds; null where the gateway did not tell. */
    public record Quantiles(@Nullable Double p50, @Nullable Double p99) {}

    static Summary of(Tally tally, GatewayAdmin.Measurements gateway, double seconds) {
        OptionalDouble retransmissions = gateway.value("anticall_sip_retransmissions_total{direction=\"absorbed\"}");
        return new Summary(
                tally.offeredCalls(),
                tally.count(Outcome.PASSED),
                tally.count(Outcome.LABELLED),
                tally.count(Outcome.WITHHELD),
                tally.count(Outcome.REJECTED),
                tally.diverted(),
                tally.count(Outcome.ANSWERED),
                tally.count(Outcome.LADDERED) + tally.count(Outcome.RELEASED),
                tally.count(Outcome.RELEASED),
                tally.wrong(),
                tally.count(Outcome.LOST),
                new Quantiles(tenths(gateway.decisionMicros("0.5")), tenths(gateway.decisionMicros("0.99"))),
                retransmissions.isPresent() ? Long.valueOf((long) retransmissions.getAsDouble()) : null,
                Math.round(seconds * 10) / 10.0);
    }

    /** Whether everything became of the calls that had to. */
    @JsonIgnore
    public boolean isWell() {
        return wrong == 0 && lost == 0 && diverted == answered + laddered;
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers always have a JSON form", e);
        }
    }

    private static @Nullable Double tenths(OptionalDouble value) {
        return value.isPresent() ? Math.round(value.getAsDouble() * 10) / 10.0 : null;
    }
}
