package org.anticall.ops.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A YAML value with the line it stands on. Exactly one of the three parts is there; scalars stay the text they are.
 *
 * @param line line in the file, from 1
 * @param text a scalar, empty for a key without value
 * @param items a sequence
 * @param entries a mapping
 */
record YamlNode(
        int line, @Nullable String text, @Nullable List<YamlNode> items, @Nullable Map<String, YamlNode> entries) {

    /**
     * @param problems takes keys that stand twice
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the document is not YAML
     */
    static YamlNode parse(String document, List<ConfigProblem> problems) throws IOException {
        try (JsonParser parser = new YAMLFactory().createParser(document)) {
            return parser.nextToken() == null ? new YamlNode(1, null, null, Map.of()) : value(parser, "", problems);
        }
    }

    private static YamlNode value(JsonParser parser, String path, List<ConfigProblem> problems) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, path + "[" + items.size() + "]", problems));
            }
            return new YamlNode(line, null, items, null);
        }
        if (token != JsonToken.START_OBJECT) {
            return new YamlNode(line, token == JsonToken.VALUE_NULL ? "" : parser.getText(), null, null);
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = parser.currentTokenLocation().getLineNr();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            if (entries.put(key, value(parser, keyPath, problems)) != null) {
                problems.add(new ConfigProblem(keyPath, keyLine, "", "this key stands here twice"));
            }
        }
        return new YamlNode(line, null, null, entries);
    }
}
