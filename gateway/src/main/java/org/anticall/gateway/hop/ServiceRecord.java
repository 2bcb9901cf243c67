package org.anticall.gateway.hop;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRawRecord;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordType;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The records by which a SIP domain says where it is served, read from their wire form. */
final class ServiceRecord {

    private ServiceRecord() {}

    /**
     * One server of a service (RFC 2782).
     *
     * @param priority lower is tried first
     * @param weight share among those of the same priority
     * @param target its name; a single dot says that the service is not there
     */
    record Srv(int priority, int weight, int port, String target) {

        /** The record, null if it is none of that type or cut off. */
        static @Nullable Srv read(DnsRecord record) {
            if (!record.type().equals(DnsRecordType.SRV) || !(record instanceof DnsRawRecord raw)) {
                return null;
            }
            ByteBuf data = raw.content().slice();
            if (data.readableBytes() < 7) {
                return null;
            }
            int priority = data.readUnsignedShort();
            int weight = data.readUnsignedShort();
            int port = data.readUnsignedShort();
            return new Srv(priority, weight, port, name(raw, 6));
        }
    }

    /**
     * Which service of a domain to ask for next (RFC 3403 §4.1, RFC 3263 §4.1).
     *
     * @param service {@code SIP+D2U}, {@code SIP+D2T} or {@code SIPS+D2T}, or one that is none of SIP's
     */
    record Naptr(int order, int preference, String flags, String service, String replacement) {

        /** The record, null if it is none of that type or cut off. */
        static @Nullable Naptr read(DnsRecord record) {
            if (!record.type().equals(DnsRecordType.NAPTR) || !(record instanceof DnsRawRecord raw)) {
                return null;
            }
            ByteBuf data = raw.content().slice();
            try {
                int order = data.readUnsignedShort();
                int preference = data.readUnsignedShort();
                String flags = text(data);
                String service = text(data);
                text(data);
                return new Naptr(order, preference, flags, service, name(raw, data.readerIndex()));
            } catch (IndexOutOfBoundsException cutOff) {
                return null;
            }
        }

        private static String text(ByteBuf data) {
            return data.readCharSequence(data.readUnsignedByte(), StandardCharsets.US_ASCII)
                    .toString();
        }
    }

    /** The name at that offset of the record's data; it may point into the rest of the message. */
    private static String name(DnsRawRecord raw, int offset) {
        ByteBuf data = raw.content().duplicate();
        data.readerIndex(data.readerIndex() + offset);
        return DefaultDnsRecordDecoder.decodeName(data);
    }
}
