package org.anticall.ops.sip.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the called party's INVITE says.
 *
 * @param callId Call-ID
 * @param callee user part of the Request-URI
 * @param displayName display name in From, empty for none
 * @param presented URI in From
 * @param asserted URI in the first P-Asserted-Identity, null for none
 * @param privacy whether {@code Privacy: id} is asked for
 * @param session name of the offered session ({@code s=}), empty for none
 * @param headers names of all headers, as written
 */
public record ArrivedCall(
        String callId,
        String callee,
        String displayName,
        String presented,
        @Nullable String asserted,
        boolean privacy,
        String session,
        List<String> headers) {

    public ArrivedCall {
        headers = List.copyOf(headers);
    }
}
