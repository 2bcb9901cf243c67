package org.anticall.ops.store;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.function.Function;
import org.anticall.ops.order.Basis;
import org.anticall.ops.order.Ladder;
import org.anticall.ops.order.ListImport;
import org.anticall.ops.order.OrderAction;
import org.anticall.ops.order.OrderState;
import org.anticall.ops.order.Origin;
import org.anticall.ops.order.Target;
import org.anticall.ops.redress.AllowEntry;
import org.anticall.ops.redress.Appeal;

/** Orders, allow entries and appeals as JSON: how they are stored and how the interface shows them. */
public final class StoredJson {

    private static final ObjectMapper JSON = mapper();

    private StoredJson() {}

    /** @param value an order, an allow entry or an appeal */
    public static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what is stored is always JSON", impossible);
        }
    }

    /** The same as a tree. */
    public static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** @throws IllegalStateException if what was stored is damaged */
    public static <T> T read(String text, Class<T> type) {
        try {
            return JSON.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException(
                    "a stored " + type.getSimpleName() + " is damaged: " + damaged.getOriginalMessage(), damaged);
        }
    }

    private static ObjectMapper mapper() {
        SimpleModule module = new SimpleModule();
        text(module, Instant.class, Instant::toString, Instant::parse);
        text(module, LocalDate.class, LocalDate::toString, LocalDate::parse);
        text(module, OrderAction.class, OrderAction::text, text -> OrderAction.of(text)
                .orElseThrow());
        text(module, Ladder.class, Ladder::text, text -> Ladder.of(text).orElseThrow());
        text(module, Origin.class, Origin::text, text -> Origin.of(text).orElseThrow());
        text(module, Basis.Type.class, Basis.Type::text, text -> Basis.Type.of(text)
                .orElseThrow());
        text(module, AllowEntry.Origin.class, AllowEntry.Origin::text, text -> AllowEntry.Origin.of(text)
                .orElseThrow());
        text(module, AllowEntry.State.class, AllowEntry.State::text, text -> AllowEntry.State.of(text)
                .orElseThrow());
        text(module, Appeal.Appellant.class, Appeal.Appellant::text, text -> Appeal.Appellant.of(text)
                .orElseThrow());
        text(module, Appeal.State.class, Appeal.State::text, text -> Appeal.State.of(text)
                .orElseThrow());
        text(
                module,
                ListImport.State.class,
                ListImport.State::text,
                text -> ListImport.State.valueOf(text.toUpperCase(Locale.ROOT)));
        module.addDeserializer(Ladder.class, new LadderReader());
        return JsonMapper.builder()
                .visibility(PropertyAccessor.ALL, JsonAutoDetect.Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, JsonAutoDetect.Visibility.ANY)
                .addMixIn(Target.class, TargetKinds.class)
                .addMixIn(OrderState.class, StateKinds.class)
                .addModule(module)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Target.Numbers.class, name = "numbers"),
        @JsonSubTypes.Type(value = Target.Prefix.class, name = "prefix"),
        @JsonSubTypes.Type(value = Target.Range.class, name = "range"),
        @JsonSubTypes.Type(value = Target.Conditional.class, name = "condition"),
        @JsonSubTypes.Type(value = Target.Listed.class, name = "list")
    })
    private interface TargetKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = OrderState.Draft.class, name = "draft"),
        @JsonSubTypes.Type(value = OrderState.Submitted.class, name = "submitted"),
        @JsonSubTypes.Type(value = OrderState.Approved.class, name = "approved"),
        @JsonSubTypes.Type(value = OrderState.Shadow.class, name = "shadow"),
        @JsonSubTypes.Type(value = OrderState.Live.class, name = "live"),
        @JsonSubTypes.Type(value = OrderState.Expired.class, name = "expired"),
        @JsonSubTypes.Type(value = OrderState.Revoked.class, name = "revoked")
    })
    private interface StateKinds {}

    /** Orders of before there was a choice have none. */
    private static final class LadderReader extends StdDeserializer<Ladder> {
        private static final long serialVersionUID = 1L;

        LadderReader() {
            super(Ladder.class);
        }

        @Override
        public Ladder deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Ladder.of(in.getText()).orElseThrow();
        }

        @Override
        public Ladder getAbsentValue(DeserializationContext context) {
            return Ladder.PASS_WITH_LABEL;
        }
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> writer, Function<String, T> reader) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(writer.apply(value));
            }
        });
        module.addDeserializer(type, new StdDeserializer<T>(type) {
            private static final long serialVersionUID = 1L;

            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return reader.apply(in.getText());
            }
        });
    }
}
