package org.anticall.gateway.config;

/**
 * How upstream is told that a call is declined.
 *
 * @param status final status, 300 to 699
 * @param phrase reason phrase, empty for the usual one
 * @param reason value of a Reason header (RFC 3326), empty for none
 * @param callInfo value of a Call-Info header, as 608 has it (RFC 8688), empty for none
 */
public record Answer(int status, String phrase, String reason, String callInfo) {

    private static final String REJECTED = "Q.850;cause=21;text=\"call rejected\"";

    /** That status as everybody understands it, with the cause an ISUP network makes of it (RFC 3398, RFC 6432). */
    public static Answer usual(int status) {
        String reason =
                switch (status) {
                    case 404, 604 -> "Q.850;cause=1;text=\"unallocated number\"";
                    case 410 -> "Q.850;cause=22;text=\"number changed\"";
                    case 433 -> "Q.850;cause=24;text=\"call rejected due to anonymity\"";
                    case 484 -> "Q.850;cause=28;text=\"invalid number format\"";
                    default -> status >= 300 && status < 400 ? "" : REJECTED;
                };
        return new Answer(status, "", reason, "");
    }

    /**
     * 603 as ATIS-1000099 has it: blocked by analytics, with a place to complain.
     *
     * @param redress where: an address such as {@code https://redress.example/}
     */
    public static Answer networkBlocked(String redress) {
        String reason = "SIP;cause=603;text=\"v=analytics1;url=" + redress + "\";location=RLN";
        return new Answer(603, "Network Blocked", reason, "");
    }
}
