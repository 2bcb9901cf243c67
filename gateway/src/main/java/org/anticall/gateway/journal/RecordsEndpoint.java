package org.anticall.gateway.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.anticall.gateway.config.OpsLink;
import org.anticall.gateway.trust.CentreClient;

/**
 * Where ops takes records: one POST of {@code application/x-ndjson} a batch, answered by {@code 200
 * {"stored":n,"duplicates":m,"refused":[{"line":k,"error":"..."}]}} with lines counted from 1. Anything else is a failure
 * and the batch is to be sent again.
 */
final class RecordsEndpoint {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final OpsLink ops;
    private final ObjectMapper json = new ObjectMapper();
    private final CentreClient client;

    RecordsEndpoint(OpsLink ops) {
        this.ops = ops;
        this.client = new CentreClient(ops.trust());
    }

    /**
     * A line ops will not have, however often it is sent.
     *
     * @param line index in the batch, from 1
     * @param error what ops says of it
     */
    record Refusal(int line, String error) {}

    /**
     * Sends one batch.
     *
     * @return the lines ops refused; all others are stored, now or earlier
     * @throws IOException if ops did not confirm, with one sentence
     */
    List<Refusal> post(List<byte[]> records) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(ops.records())
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofByteArray(lines(records)));
        Path tokenFile = ops.tokenFile();
        if (tokenFile != null) {
            request.header(
                    "Authorization", "Bearer " + Files.readString(tokenFile).trim());
        }
        HttpResponse<byte[]> response;
        try {
            response = client.http().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException unreachable) {
            throw new IOException("no connection to " + ops.records(), unreachable);
        } catch (HttpTimeoutException late) {
            throw new IOException("no answer from " + ops.records() + " in time", late);
        }
        if (response.statusCode() != OK) {
            throw new IOException(ops.records() + " answered " + response.statusCode() + ", expected 200"
                    + (response.statusCode() == 401 ? ": the token is not the one ops has" : ""));
        }
        return refusals(response.body(), records.size());
    }

    private List<Refusal> refusals(byte[] body, int lines) throws IOException {
        try {
            JsonNode answer = json.readTree(body);
            if (!answer.path("stored").isIntegralNumber()) {
                throw new IOException(ops.records() + " answered 200 without saying what it stored");
            }
            List<Refusal> refusals = new ArrayList<>();
            for (JsonNode refusal : answer.path("refused")) {
                int line = refusal.path("line").asInt();
                if (line >= 1 && line <= lines) {
                    refusals.add(new Refusal(line, refusal.path("error").asText()));
                }
            }
            return refusals;
        } catch (JsonProcessingException notJson) {
            throw new IOException(ops.records() + " answered 200 with something that is not JSON", notJson);
        }
    }

    private static byte[] lines(List<byte[]> records) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : records) {
            body.write(line, 0, line.length);
            body.write('\n');
        }
        return body.toByteArray();
    }
}
