package org.anticall.ops;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.anticall.ops.desk.DeskCall;
import org.anticall.rules.call.CallFacts;
import org.anticall.rules.call.Decision;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.call.TrunkClass;
import org.anticall.rules.call.Verdict;
import org.anticall.rules.number.PartyNumber;
import org.anticall.rules.number.PartyNumber.Form;
import org.anticall.rules.record.DecisionRecord;
import org.anticall.rules.record.DecisionRecordCodec;

/** Decision records and desk calls as gateways and the desk make them. */
public final class TestRecords {

    /** A landline of Astana, spoofed from abroad. */
    public static final LocalizedText LANDLINE_FROM_ABROAD = new LocalizedText(
            "A Kazakh landline number calls from abroad, where no landline can be.",
            "С городского номера Казахстана звонят из-за рубежа: городской телефон там находиться не может.",
            "Қазақстанның қалалық нөмірінен шетелден қоңырау шалып тұр: қалалық телефон шетелде бола алмайды.");

    private TestRecords() {}

    /** A diverted call from {@code caller} to {@code callee} (E.164 digits) by rule {@code rule}. */
    public static DecisionRecord diverted(
            String id, long caller, long callee, String rule, LocalizedText reason, Instant at) {
        return record(
                id,
                caller,
                callee,
                at,
                new Decision(
                        new Verdict.Divert(
                                Duration.ofSeconds(15), List.of(Verdict.LadderStep.PASS_WITH_LABEL), "International"),
                        Decision.Basis.RULE,
                        rule,
                        reason,
                        7,
                        "9f3c1d5b7a71e0aa",
                        List.of()));
    }

    /** A call that passed. */
    public static DecisionRecord passed(String id, long caller, long callee, Instant at) {
        return record(
                id,
                caller,
                callee,
                at,
                new Decision(
                        new Verdict.Pass(),
                        Decision.Basis.NO_RULE,
                        null,
                        LocalizedText.of("No rule hit."),
                        7,
                        "9f3c1d5b7a71e0aa",
                        List.of()));
    }

    /** One line of a batch. */
    public static String line(DecisionRecord record) {
        return new String(DecisionRecordCodec.encode(record), StandardCharsets.UTF_8);
    }

    /** A call that the desk was just offered. */
    public static DeskCall offered(String id, String caller, String callee, String rule, Instant at) {
        return new DeskCall(id, caller, callee, rule, DeskCall.State.OFFERED, null, at, at, null);
    }

    /** {@code call} a moment later. */
    public static DeskCall moved(DeskCall call, DeskCall.State state, String seat, Instant at) {
        return new DeskCall(
                call.recordId(), call.caller(), call.callee(), call.rule(), state, seat, call.offeredAt(), at, null);
    }

    /** {@code call}, over. */
    public static DeskCall over(DeskCall call, DeskCall.State state, DeskCall.Outcome outcome, Instant at) {
        return new DeskCall(
                call.recordId(),
                call.caller(),
                call.callee(),
                call.rule(),
                state,
                call.seat(),
                call.offeredAt(),
                at,
                outcome);
    }

    private static DecisionRecord record(String id, long caller, long callee, Instant at, Decision decision) {
        CallFacts facts = CallFacts.on("transit-a", TrunkClass.INTERNATIONAL, at.toEpochMilli())
                .presented(PartyNumber.of(caller, Form.INTERNATIONAL))
                .callee(PartyNumber.of(callee, Form.INTERNATIONAL))
                .build();
        return new DecisionRecord(
                id,
                "gw-1",
                at,
                "192.0.2.7:5060",
                id + "@carrier.example",
                facts,
                new DecisionRecord.RawNumbers("", "+" + caller, "+" + callee, ""),
                decision,
                41_000,
                "INVITE sip:callee@example SIP/2.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
