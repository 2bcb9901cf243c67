package org.anticall.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** A command that was run as a person runs it, and what came of it. */
record Ran(int status, String out, String err) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Ran of(Object... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments = Arrays.stream(words).map(Object::toString).toArray(String[]::new);
        int status = Anticall.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Ran(status, out.toString(), err.toString());
    }

    /** The last line of what it printed. */
    JsonNode json() throws IOException {
        return JSON.readTree(out.strip().lines().reduce((first, last) -> last).orElse(""));
    }
}
