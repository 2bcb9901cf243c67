package org.anticall.gateway.control;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** {@code /metrics} in the text format of Prometheus, gathered anew at every scrape. */
final class MetricsPage implements AdminPage.Content {

    private final List<Consumer<Families>> sources;

    /**
     * @param sources each adds its families
     */
    MetricsPage(List<Consumer<Families>> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public AdminPage.Answer answer(Map<String, String> parameters) {
        Families families = new Families();
        sources.forEach(source -> source.accept(families));
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            writer.write(text, families.snapshots());
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
        return new AdminPage.Answer(200, writer.getContentType(), text.toByteArray());
    }
}
