package org.anticall.gateway.control;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * The metric families of one scrape while they are gathered. Names are given without the suffixes {@code _total} and
 * {@code _info}. Labels are names and values in turn.
 */
final class Families {

    private static final double NANOS_PER_SECOND = 1e9;

    private final List<Supplier<MetricSnapshot>> families = new ArrayList<>();

    /** A family that takes one value per combination of labels. */
    interface Family {
        /** Adds one value and gives the family back. */
        Family add(double value, String... labels);

        /** The same for a count; beyond 2^53 it is rounded. */
        default Family add(long value, String... labels) {
            return add((double) value, labels);
        }
    }

    /** What only grows. */
    Family counter(String name, String help) {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        families.add(family::build);
        return new Family() {
            @Override
            public Family add(double value, String... labels) {
                family.dataPoint(CounterDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
                return this;
            }
        };
    }

    /** What goes up and down. */
    Family gauge(String name, String help) {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        families.add(family::build);
        return new Family() {
            @Override
            public Family add(double value, String... labels) {
                family.dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value)
                        .labels(Labels.of(labels))
                        .build());
                return this;
            }
        };
    }

    /** What is said in labels. */
    void info(String name, String help, String... labels) {
        families.add(() -> InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of(labels))
                        .build())
                .build());
    }

    /** A family of histograms, one per combination of labels. */
    interface Histograms {
        /** Adds one histogram. */
        void add(TimeBuckets times, String... labels);
    }

    /** Times in fixed buckets, shown in seconds. */
    Histograms histograms(String name, String help) {
        HistogramSnapshot.Builder family =
                HistogramSnapshot.builder().name(name).help(help);
        families.add(family::build);
        return (times, labels) -> {
            double[] bounds = times.bounds();
            long[] counts = times.counts();
            ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
            for (int i = 0; i < bounds.length; i++) {
                buckets.bucket(bounds[i], counts[i]);
            }
            family.dataPoint(HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(buckets.build())
                    .sum(times.sumSeconds())
                    .labels(Labels.of(labels))
                    .build());
        };
    }

    /** Times in nanoseconds, shown in seconds with the quantiles 0.5, 0.9, 0.99 and 0.999. */
    void summary(String name, String help, Histogram nanos) {
        Quantiles.Builder quantiles = Quantiles.builder();
        for (double quantile : new double[] {0.5, 0.9, 0.99, 0.999}) {
            double value = nanos.getValueAtPercentile(quantile * 100) / NANOS_PER_SECOND;
            quantiles.quantile(new Quantile(quantile, nanos.getTotalCount() == 0 ? Double.NaN : value));
        }
        families.add(() -> SummarySnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .count(nanos.getTotalCount())
                        .sum(nanos.getMean() * nanos.getTotalCount() / NANOS_PER_SECOND)
                        .quantiles(quantiles.build())
                        .build())
                .build());
    }

    MetricSnapshots snapshots() {
        MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        families.forEach(family -> snapshots.metricSnapshot(family.get()));
        return snapshots.build();
    }
}
