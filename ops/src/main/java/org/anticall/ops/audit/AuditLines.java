package org.anticall.ops.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The trail as it is exported: one JSON object a line. A {@code key} line comes first, then, if its beginning was cut off, the
 * {@code cut} line, then {@code link} lines in the order of their numbers, and each {@code head} line right after the link it
 * covers.
 */
public final class AuditLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditLines() {}

    /** What one line holds; exactly one of the parts is there. */
    record Line(@Nullable AuditLink link, @Nullable SignedHead head, @Nullable SignedCut cut, @Nullable HeadKey key) {}

    public static String line(HeadKey key) {
        ObjectNode node = JSON.createObjectNode();
        node.put("key", key.text());
        return node.toString();
    }

    public static String line(SignedHead head) {
        ObjectNode node = JSON.createObjectNode();
        node.put("head", head.seq());
        node.put("hash", head.hash());
        node.put("at", head.at().toString());
        node.put("by", head.key());
        node.put("signature", head.signature());
        return node.toString();
    }

    public static String line(SignedCut cut) {
        ObjectNode node = JSON.createObjectNode();
        node.put("cut", cut.seq());
        node.put("hash", cut.hash());
        node.put("at", cut.at().toString());
        node.put("by", cut.key());
        node.put("signature", cut.signature());
        return node.toString();
    }

    public static String line(AuditLink link) {
        AuditEntry entry = link.entry();
        ObjectNode node = JSON.createObjectNode();
        node.put("seq", link.seq());
        node.put("at", entry.at().toString());
        node.put("person", entry.who().person());
        node.put("account", entry.who().account());
        node.put("address", entry.who().address());
        node.put("action", entry.action());
        node.put("subject", entry.subject());
        node.put("details", entry.details());
        node.put("why", entry.why());
        node.put("previous", link.previous());
        node.put("hash", link.hash());
        return node.toString();
    }

    /**
     * Reads a line that holds a signed head.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static SignedHead headOf(String line) {
        SignedHead head = parse(line).head();
        if (head == null) {
            throw new IllegalArgumentException("this line holds no signed head");
        }
        return head;
    }

    /** @throws IllegalArgumentException saying what is wrong with the line */
    static Line parse(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.has("key")) {
                return new Line(null, null, null, HeadKey.parse(text(node, "key")));
            }
            if (node.has("head")) {
                return new Line(null, head(node), null, null);
            }
            if (node.has("cut")) {
                return new Line(null, null, cut(node), null);
            }
            return new Line(link(node), null, null, null);
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException("this line is not JSON", notJson);
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException("'at' is not a time in ISO 8601", notATime);
        }
    }

    private static SignedHead head(JsonNode node) {
        return new SignedHead(
                number(node, "head"),
                text(node, "hash"),
                Instant.parse(text(node, "at")),
                text(node, "by"),
                text(node, "signature"));
    }

    private static SignedCut cut(JsonNode node) {
        return new SignedCut(
                number(node, "cut"),
                text(node, "hash"),
                Instant.parse(text(node, "at")),
                text(node, "by"),
                text(node, "signature"));
    }

    private static AuditLink link(JsonNode node) {
        Actor who = new Actor(number(node, "person"), text(node, "account"), text(node, "address"));
        AuditEntry entry = new AuditEntry(
                Instant.parse(text(node, "at")),
                who,
                text(node, "action"),
                text(node, "subject"),
                text(node, "details"),
                text(node, "why"));
        return new AuditLink(number(node, "seq"), entry, text(node, "previous"), text(node, "hash"));
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + key + "' is missing or is no text");
        }
        return value.textValue();
    }

    private static long number(JsonNode node, String key) {
        JsonNode value = node.path(key);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new IllegalArgumentException("'" + key + "' is missing or is no number");
        }
        return value.longValue();
    }
}
