package org.anticall.gateway.verdict.roaming;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.anticall.rules.call.RoamingAnswer;
import org.anticall.rules.number.E164;

/**
 * The wire format of the look-up: the request and response of CAMARA's Device Roaming Status, with {@code roamingMode} as
 * an addition that a carrier may leave out.
 */
final class StatusReply {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_APPLICABLE = 422;
    private static final Set<String> NO_SUBSCRIBER = Set.of("IDENTIFIER_NOT_FOUND", "DEVICE_NOT_FOUND");

    private final ObjectMapper json = new ObjectMapper();

    /** The body of a question for {@code e164}. */
    byte[] question(long e164) {
        return ("{\"device\":{\"phoneNumber\":\"" + E164.format(e164) + "\"}}").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * What a response says.
     *
     * @throws IOException if it says nothing that can be understood, with one sentence
     */
    RoamingAnswer read(int status, byte[] body) throws IOException {
        if (status == OK) {
            return located(json.readTree(body));
        }
        if (status == NOT_APPLICABLE) {
            return RoamingAnswer.UNKNOWN;
        }
        if (status == NOT_FOUND && body.length > 0) {
            JsonNode code = json.readTree(body).path("code");
            if (NO_SUBSCRIBER.contains(code.asText())) {
                return RoamingAnswer.UNALLOCATED;
            }
        }
        throw new IOException("it answered " + status + (status == 401 ? ": the token is not the one it takes" : ""));
    }

    private static RoamingAnswer located(JsonNode reply) throws IOException {
        JsonNode roaming = reply.path("roaming");
        if (!roaming.isBoolean()) {
            throw new IOException("it answered 200 without \"roaming\": true or false");
        }
        if (!roaming.booleanValue()) {
            return RoamingAnswer.HOME;
        }
        JsonNode countries = reply.path("countryName");
        String country = countries.size() == 1 ? countries.path(0).asText() : "";
        return new RoamingAnswer(
                RoamingAnswer.State.ROAMING, isCountry(country) ? country : "", mode(reply.path("roamingMode")));
    }

    private static RoamingAnswer.Mode mode(JsonNode mode) {
        return switch (mode.asText()) {
            case "S8HR" -> RoamingAnswer.Mode.S8HR;
            case "LBO" -> RoamingAnswer.Mode.LOCAL;
            default -> RoamingAnswer.Mode.UNKNOWN;
        };
    }

    private static boolean isCountry(String text) {
        return text.length() == 2 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }
}
