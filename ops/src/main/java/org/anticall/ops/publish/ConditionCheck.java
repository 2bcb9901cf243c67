package org.anticall.ops.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleProblem;
import org.anticall.rules.model.RuleSetReader;

/**
 * Whether a condition is one that rules can have, asked while its author still writes: an order that is approved with a condition
 * nobody understands would keep everything else from being published.
 */
public final class ConditionCheck {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ConditionCheck() {}

    /** All that is wrong with the condition by itself; which lists there are is the compiler's business. */
    public static List<String> problems(JsonNode condition) {
        ObjectNode root = JSON.createObjectNode().put("home", "KZ");
        ObjectNode rule = root.putArray("rules").addObject();
        rule.put("id", "O1").put("title", "order").put("priority", 1);
        rule.putObject("then").put("label", "order");
        rule.put("reason", "order");
        rule.set("when", condition);
        try {
            return RuleSetReader.read("order", JSON.writeValueAsString(root), ConditionCheck::noList)
                            instanceof Reading.Unreadable unreadable
                    ? unreadable.problems().stream().map(RuleProblem::message).toList()
                    : List.of();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree is always JSON", impossible);
        }
    }

    private static InputStream noList(String file) throws IOException {
        throw new IOException("a condition has no list files, found " + file);
    }
}
