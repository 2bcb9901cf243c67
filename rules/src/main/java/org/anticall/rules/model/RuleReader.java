package org.anticall.rules.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anticall.rules.call.LocalizedText;
import org.anticall.rules.model.Rule.Case;
import org.jspecify.annotations.Nullable;

/** Reads one item of {@code rules:}. */
final class RuleReader {

    private static final List<String> KEYS = List.of(
            "id", "title", "stage", "priority", "mode", "valid", "legal-basis", "when", "then", "reason", "cases");
    private static final Condition ALWAYS = new Condition.All(List.of());

    private final @Nullable LegalBasis commonBasis;

    /**
     * Reader of rules.
     *
     * @param commonBasis ground of rules that name none of their own, null if there is none
     */
    RuleReader(@Nullable LegalBasis commonBasis) {
        this.commonBasis = commonBasis;
    }

    /** The rule, or null with problems put down. */
    @Nullable
    Rule read(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(KEYS);
        String id = RuleSetReader.required(node, fields, "id", "a short name that no other rule has");
        LocalizedText title = text(node, fields, "title");
        YamlNode stage = fields.get("stage");
        Stage read = stage == null ? Stage.DETERMINISTIC : stage.word(Words.STAGES);
        YamlNode turn = fields.get("priority");
        Long priority = turn == null ? null : turn.integer(1, Rule.MAX_PRIORITY);
        if (turn == null) {
            node.problem("'priority' is missing, expected a whole number from 1 to " + Rule.MAX_PRIORITY);
        }
        YamlNode mode = fields.get("mode");
        Canary canary = mode != null && mode.isMap() ? CanaryReader.read(mode) : null;
        Mode acting = mode == null ? Mode.LIVE : mode.isMap() ? canaryMode(canary) : mode.word(Words.MODES);
        YamlNode valid = fields.get("valid");
        Validity validity = valid == null ? Validity.ALWAYS : validity(valid);
        YamlNode ground = fields.get("legal-basis");
        LegalBasis basis = ground == null ? commonBasis : basis(ground);
        YamlNode when = fields.get("when");
        Condition condition = when == null ? ALWAYS : ConditionReader.read(when);
        if (when == null) {
            node.problem("'when' is missing, expected a condition");
        }
        List<Case> cases = cases(node, fields, title);
        if (id == null
                || title == null
                || read == null
                || priority == null
                || acting == null
                || validity == null
                || cases.isEmpty()) {
            return null;
        }
        return new Rule(
                id, title, read, priority.intValue(), acting, canary, validity, basis, condition, cases, node.place());
    }

    private static @Nullable Mode canaryMode(@Nullable Canary canary) {
        return canary == null ? null : Mode.CANARY;
    }

    private static List<Case> cases(YamlNode node, Map<String, YamlNode> fields, @Nullable LocalizedText title) {
        YamlNode then = fields.get("then");
        YamlNode cases = fields.get("cases");
        if ((then == null) == (cases == null)) {
            node.problem("expected either 'then' or 'cases'");
            return List.of();
        }
        List<Case> read = new ArrayList<>();
        if (then != null) {
            addCase(ALWAYS, then, fields, title, read);
        }
        if (cases != null) {
            if (fields.containsKey("reason")) {
                node.problem("'reason' beside 'cases', expected one in each case");
            }
            for (YamlNode item : cases.items()) {
                Map<String, YamlNode> parts = item.fields(List.of("when", "then", "reason"));
                YamlNode when = parts.get("when");
                YamlNode action = parts.get("then");
                if (when == null || action == null) {
                    item.problem("expected 'when' and 'then' in a case");
                } else {
                    addCase(ConditionReader.read(when), action, parts, title, read);
                }
            }
        }
        return read;
    }

    private static void addCase(
            Condition when,
            YamlNode then,
            Map<String, YamlNode> fields,
            @Nullable LocalizedText title,
            List<Case> cases) {
        Action action = ActionReader.read(then);
        YamlNode reason = fields.get("reason");
        LocalizedText text = reason == null ? title : localized(reason);
        if (action != null && text != null) {
            cases.add(new Case(when, action, text));
        }
    }

    static @Nullable LocalizedText text(YamlNode parent, Map<String, YamlNode> fields, String key) {
        YamlNode node = fields.get(key);
        if (node == null) {
            parent.problem("'" + key + "' is missing, expected a text, or one each for en, ru and kk");
            return null;
        }
        return localized(node);
    }

    private static @Nullable LocalizedText localized(YamlNode node) {
        if (node.isText()) {
            String text = node.text("a text");
            return text == null ? null : LocalizedText.of(text);
        }
        Map<String, YamlNode> fields = node.fields(List.of("en", "ru", "kk"));
        String en = RuleSetReader.required(node, fields, "en", "a text in English");
        YamlNode russian = fields.get("ru");
        YamlNode kazakh = fields.get("kk");
        String ru = russian == null ? en : russian.text("a text in Russian");
        String kk = kazakh == null ? en : kazakh.text("a text in Kazakh");
        return en == null || ru == null || kk == null ? null : new LocalizedText(en, ru, kk);
    }

    private static @Nullable Validity validity(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(List.of("from", "until"));
        YamlNode first = fields.get("from");
        YamlNode last = fields.get("until");
        Instant from = first == null ? Validity.ALWAYS.from() : instant(first);
        Instant until = last == null ? Validity.ALWAYS.until() : instant(last);
        if (from == null || until == null) {
            return null;
        }
        if (!from.isBefore(until)) {
            node.problem("until " + until + " is not after from " + from);
            return null;
        }
        return new Validity(from, until);
    }

    static @Nullable Instant instant(YamlNode node) {
        String expected = "an instant with its offset, like 2026-12-31T00:00:00+05:00";
        String text = node.text(expected);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notAnInstant) {
            node.problem("'" + text + "', expected " + expected);
            return null;
        }
    }

    /** The ground, or null with problems put down. */
    static @Nullable LegalBasis basis(YamlNode node) {
        Map<String, YamlNode> fields = node.fields(List.of("type", "document", "date", "office"));
        YamlNode kind = fields.get("type");
        if (kind == null) {
            node.problem("'type' is missing, expected one of " + String.join(", ", Words.BASIS_TYPES.keySet()));
        }
        LegalBasis.Type type = kind == null ? null : kind.word(Words.BASIS_TYPES);
        String document = RuleSetReader.required(node, fields, "document", "title and number of the document");
        String office = RuleSetReader.required(node, fields, "office", "who issued it");
        String day = RuleSetReader.required(node, fields, "date", "the document's date like 2026-11-01");
        if (type == null || document == null || office == null || day == null) {
            return null;
        }
        try {
            return new LegalBasis(type, document, LocalDate.parse(day), office);
        } catch (DateTimeException notADate) {
            node.problem("date is '" + day + "', expected one like 2026-11-01");
            return null;
        }
    }
}
