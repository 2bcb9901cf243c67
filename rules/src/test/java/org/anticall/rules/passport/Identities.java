package org.anticall.rules.passport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Identity headers from words: {@code shaken iat=-61} is a SHAKEN token in order but for its time, 61 s before the call. Words are
 * {@code shaken}, {@code div}, {@code rcd} or {@code base}, then what is otherwise than it should be: {@code iat=…} in seconds
 * from the call, or {@code iat=text}, {@code iat=float}; {@code alg}, {@code param-alg}, {@code x5u}, {@code info}, {@code typ},
 * {@code attest}, {@code orig}, {@code dest}, {@code div} with their values, {@code -} for left out; {@code signature=short}.
 * Several headers have {@code &} between them.
 */
public final class Identities {

    private static final String ADDRESS = "https://cert.example.org/a.pem";
    private static final String ORIGID = "123e4567-e89b-12d3-a456-426655440000";

    private Identities() {}

    /** The headers' values. */
    public static List<String> of(String words, long atEpochMillis, String caller, String callee) {
        List<String> values = new ArrayList<>();
        for (String one : words.split(" & ", -1)) {
            values.add(header(one, atEpochMillis / 1_000, caller.replace("+", ""), callee.replace("+", "")));
        }
        return values;
    }

    private static String header(String words, long at, String caller, String callee) {
        String[] parts = words.split(" ", -1);
        String ppt = parts[0];
        Map<String, String> said = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] word = parts[i].split("=", 2);
            said.put(word[0], word[1]);
        }
        String ofToken = ppt.equals("base") ? "" : ppt;
        String address = said.getOrDefault("x5u", ADDRESS);
        String head = object(
                string("alg", said.getOrDefault("alg", "ES256")),
                ofToken.isEmpty() ? "" : string("ppt", said.getOrDefault("ppt", ofToken)),
                string("typ", said.getOrDefault("typ", "passport")),
                string("x5u", address));
        String claims = object(
                ppt.equals("shaken") ? string("attest", said.getOrDefault("attest", "A")) : "",
                numbers(said.getOrDefault("dest", callee)),
                ppt.equals("div") ? "\"div\":{" + string("tn", said.getOrDefault("div", "77172000000")) + "}" : "",
                iat(said.getOrDefault("iat", "0"), at),
                "\"orig\":{" + string("tn", said.getOrDefault("orig", caller)) + "}",
                ppt.equals("shaken") ? string("origid", said.getOrDefault("origid", ORIGID)) : "");
        String signature = base64(new byte[said.containsKey("signature") ? 63 : 64]);
        return base64(head.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8))
                + "."
                + signature + ";info=<" + said.getOrDefault("info", address) + ">;alg="
                + said.getOrDefault("param-alg", "ES256") + (ofToken.isEmpty() ? "" : ";ppt=\"" + ofToken + "\"");
    }

    private static String iat(String word, long at) {
        return switch (word) {
            case "-" -> "";
            case "text" -> "\"iat\":\"" + at + "\"";
            case "float" -> "\"iat\":" + at + ".0";
            default -> "\"iat\":" + (at + Long.parseLong(word));
        };
    }

    private static String numbers(String words) {
        return words.equals("-") ? "" : "\"dest\":{\"tn\":[\"" + words.replace(",", "\",\"") + "\"]}";
    }

    private static String string(String name, String value) {
        return value.equals("-") ? "" : "\"" + name + "\":\"" + value + "\"";
    }

    private static String object(String... fields) {
        List<String> there = new ArrayList<>(List.of(fields));
        there.removeIf(String::isEmpty);
        return "{" + String.join(",", there) + "}";
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
