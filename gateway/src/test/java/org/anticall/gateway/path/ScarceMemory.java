package org.anticall.gateway.path;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory that knows what was not given back, and that has none left when a test wants it so. */
final class ScarceMemory extends AbstractByteBufAllocator {

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final AtomicInteger untilRefused = new AtomicInteger();

    ScarceMemory() {
        super(true);
    }

    /** Of the requests from now on the one of that number, from 1, is refused, as where the machine has nothing left. */
    void refuse(int number) {
        untilRefused.set(number);
    }

    /** Whether the refusal is still to come. */
    boolean hasStillToRefuse() {
        return untilRefused.get() > 0;
    }

    long usedDirectMemory() {
        return memory.metric().usedDirectMemory();
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (untilRefused.get() > 0 && untilRefused.decrementAndGet() == 0) {
            throw new OutOfMemoryError("as the test wants it");
        }
        return memory.directBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return memory.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
