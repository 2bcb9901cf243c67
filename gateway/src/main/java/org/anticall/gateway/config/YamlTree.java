package org.anticall.gateway.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML document into {@link ConfigNode}s, keeping lines. Scalars stay the text they are: {@code 010} is no octal
 * number and {@code no} no boolean.
 */
final class YamlTree {

    private final JsonParser parser;
    private final List<ConfigProblem> problems;

    private YamlTree(JsonParser parser, List<ConfigProblem> problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * @param problems takes what the tree cannot hold: keys that stand twice
     * @throws com.fasterxml.jackson.core.JsonProcessingException if the text is not YAML; it knows line and column
     */
    static ConfigNode read(Reader text, List<ConfigProblem> problems) throws IOException {
        try (JsonParser parser = new YAMLFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            return first == null ? new ConfigNode.Mapping(1, Map.of()) : new YamlTree(parser, problems).node("");
        }
    }

    private ConfigNode node(String path) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return mapping(path, line);
        }
        if (token == JsonToken.START_ARRAY) {
            return sequence(path, line);
        }
        return new ConfigNode.Scalar(line, token == JsonToken.VALUE_NULL ? "" : parser.getText());
    }

    private ConfigNode mapping(String path, int line) throws IOException {
        Map<String, ConfigNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = parser.currentTokenLocation().getLineNr();
            String keyPath = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            if (entries.put(key, node(keyPath)) != null) {
                problems.add(new ConfigProblem(keyPath, keyLine, "", "this key stands here twice"));
            }
        }
        return new ConfigNode.Mapping(line, entries);
    }

    private ConfigNode sequence(String path, int line) throws IOException {
        List<ConfigNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(path + "[" + items.size() + "]"));
        }
        return new ConfigNode.Sequence(line, items);
    }
}
