package org.anticall.ops.sip;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.FromHeader;
import javax.sip.header.Header;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * What the desk needs to know from the INVITE of a diverted call.
 *
 * @param recordId id of the gateway's decision record, from {@code X-Anticall-Verdict}
 * @param caller user part of P-Asserted-Identity, else of From
 * @param callee user part of the topmost Diversion (RFC 5806: the number dialled), else of To
 * @param rule the deciding rule from {@code X-Anticall-Rule}, empty if missing
 * @param body the caller's offer; null for a late offer
 * @param announces whether the rule wants the caller told before the desk declines, from {@code X-Anticall-Announce}
 */
record DivertedInvite(
        String recordId, String caller, String callee, String rule, @Nullable Body body, boolean announces) {

    /** Header with the id of the decision record. */
    static final String VERDICT = "X-Anticall-Verdict";

    /** Header of the answer that lets the gateway ring the callee. */
    static final String RELEASE = "X-Anticall-Release";

    private static final String RULE = "X-Anticall-Rule";
    private static final String ANNOUNCE = "X-Anticall-Announce";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[A-Za-z0-9._-]{1,40}");
    private static final Pattern USER = Pattern.compile("(?:sips?|tel):([^@;>?,\\s]{1,64})");

    /** Reads {@code invite}; null if it is not marked as a diverted call. */
    static @Nullable DivertedInvite read(Request invite) {
        String recordId = text(invite, VERDICT);
        if (!TOKEN.matcher(recordId).matches()) {
            return null;
        }
        String rule = text(invite, RULE);
        Body body = Body.of(invite);
        String asserted = userIn(text(invite, "P-Asserted-Identity"));
        String dialled = userIn(text(invite, "Diversion"));
        return new DivertedInvite(
                recordId,
                asserted.isEmpty()
                        ? userOf(((FromHeader) invite.getHeader(FromHeader.NAME))
                                .getAddress()
                                .getURI())
                        : asserted,
                dialled.isEmpty()
                        ? userOf(((ToHeader) invite.getHeader(ToHeader.NAME))
                                .getAddress()
                                .getURI())
                        : dialled,
                TOKEN.matcher(rule).matches() ? rule : "",
                body == null ? null : body.session(),
                text(invite, ANNOUNCE).equals("yes"));
    }

    /** What it was, in an earlier run. */
    static DivertedInvite of(KeptCall kept) {
        String session = kept.callersSession();
        KeptCall.Facts facts = kept.facts();
        return new DivertedInvite(
                facts.recordId(),
                facts.caller(),
                facts.callee(),
                facts.rule(),
                session == null ? null : Body.session(session),
                false);
    }

    /** Whether a seat could speak with the caller: one that makes no offer yet takes what it is offered. */
    boolean isAnswerable() {
        return body == null || (body.isSession() && SessionOffer.hasUsualSound(body.text()));
    }

    /** The caller's number where a URI is written; {@code anonymous} if there is none that can stand there. */
    String callerAsUser() {
        return NUMBER.matcher(caller).matches() ? caller : "anonymous";
    }

    /** The dialled number where a URI is written; empty if it cannot stand there. */
    String calleeAsUser() {
        return NUMBER.matcher(callee).matches() ? callee : "";
    }

    private static String userOf(URI uri) {
        if (uri instanceof SipURI sip) {
            return sip.getUser() == null ? "" : sip.getUser();
        }
        return uri instanceof TelURL tel ? (tel.isGlobal() ? "+" : "") + tel.getPhoneNumber() : "";
    }

    private static String userIn(String nameAddr) {
        Matcher user = USER.matcher(nameAddr);
        return user.find() ? user.group(1) : "";
    }

    /** The value of the first header of that name, empty if there is none. */
    private static String text(Request request, String name) {
        Header header = request.getHeader(name);
        if (header == null) {
            return "";
        }
        String line = header.toString();
        return line.substring(line.indexOf(':') + 1).trim();
    }
}
