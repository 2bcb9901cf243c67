package org.anticall.gateway.config;

import java.util.List;
import java.util.Map;

/** A YAML value with the line it stands on. */
sealed interface ConfigNode {

    /** Line in the file, from 1; 0 for what does not stand in a file. */
    int line();

    /** Keys and values in the order of the file. */
    record Mapping(int line, Map<String, ConfigNode> entries) implements ConfigNode {}

    record Sequence(int line, List<ConfigNode> items) implements ConfigNode {}

    /** Anything that is neither of the others, as it was written; an empty text for a key without value. */
    record Scalar(int line, String text) implements ConfigNode {}
}
