package org.anticall.gateway.control;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.function.Consumer;

/** What the virtual machine and the process take of the machine. */
final class ProcessMetrics implements Consumer<Families> {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLIS_PER_SECOND = 1e3;

    @Override
    public void accept(Families families) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        families.gauge("jvm_memory_used_bytes", "Memory in use, by area.")
                .add(memory.getHeapMemoryUsage().getUsed(), "area", "heap")
                .add(memory.getNonHeapMemoryUsage().getUsed(), "area", "nonheap");
        families.gauge("jvm_memory_max_bytes", "Memory the virtual machine may take, by area; -1 without limit.")
                .add(memory.getHeapMemoryUsage().getMax(), "area", "heap")
                .add(memory.getNonHeapMemoryUsage().getMax(), "area", "nonheap");
        families.gauge("jvm_threads_current", "Live threads.")
                .add(ManagementFactory.getThreadMXBean().getThreadCount());
        Families.Family seconds =
                families.counter("jvm_gc_collection_seconds", "Time spent in collections, by collector.");
        Families.Family count = families.counter("jvm_gc_collections", "Collections, by collector.");
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            seconds.add(collector.getCollectionTime() / MILLIS_PER_SECOND, "gc", collector.getName());
            count.add(collector.getCollectionCount(), "gc", collector.getName());
        }
        families.gauge("process_start_time_seconds", "When the process started, seconds since 1970-01-01T00:00Z.")
                .add(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS_PER_SECOND);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            families.counter("process_cpu_seconds", "CPU time of the process.")
                    .add(system.getProcessCpuTime() / NANOS_PER_SECOND);
            families.gauge("process_open_fds", "Open file descriptors.").add(system.getOpenFileDescriptorCount());
        }
    }
}
