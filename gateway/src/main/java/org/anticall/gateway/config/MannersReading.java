package org.anticall.gateway.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how a trunk's verdicts look on the wire. */
final class MannersReading {

    /** What carriers take for an end of the call; on others, such as 503, they try another route. */
    private static final Set<Integer> DECLINES = Set.of(403, 404, 410, 433, 484, 488, 600, 603, 604, 606, 607, 608);

    private static final int DEFAULT_CLEAN = 404;
    private static final String NETWORK_BLOCKED = "603+";
    private static final String NO_VERSTAT = "none";
    private static final Pattern ONE_LINE = Pattern.compile("[\\x20-\\x7E]{1,256}");

    private static final ValueForm<String> LINE = new ValueForm<>(
            "1 to 256 printable characters of ASCII",
            text -> ONE_LINE.matcher(text).matches() ? text : null);
    private static final ValueForm<Integer> DECLINE = new ValueForm<>(
            "a status that ends a call: 403, 404, 410, 433, 484, 488, 600, 603, 604, 606, 607, 608", text -> {
                int status = Addresses.number(text, 699);
                return DECLINES.contains(status) ? status : null;
            });
    private static final ValueForm<Integer> STATUS_OR_ANY =
            new ValueForm<>("the status of a rule, 400 to 699, or any", text -> {
                int status = text.equals("any") ? Answers.ANY : Addresses.number(text, 699);
                return status == Answers.ANY || status >= 400 ? status : null;
            });
    private static final ValueForm<String> VERSTAT = new ValueForm<>(
            "TN-Validation-Failed, No-TN-Validation or none",
            text -> Set.of("TN-Validation-Failed", "No-TN-Validation", NO_VERSTAT)
                            .contains(text)
                    ? text
                    : null);

    private enum Mode {
        INLINE,
        REDIRECT
    }

    private static final ValueForm<Mode> MODE = Forms.oneOf(Mode.values());

    private MannersReading() {}

    static Manners manners(Section trunk) {
        return new Manners(answers(trunk), labels(trunk), redirect(trunk));
    }

    private static Answers answers(Section trunk) {
        Section section = trunk.section("answers");
        if (section == null) {
            return Answers.DEFAULT;
        }
        Map<Integer, Answer> byStatus = new TreeMap<>();
        for (String key : section.keys()) {
            Integer status = STATUS_OR_ANY.reader().apply(key);
            if (status == null) {
                section.problem(key, "", "expected as key " + STATUS_OR_ANY.expected());
            }
            Answer answer = answer(section, key);
            if (status != null && answer != null) {
                byStatus.put(status, answer);
            }
        }
        section.close();
        return new Answers(byStatus);
    }

    private static @Nullable Answer answer(Section answers, String key) {
        if (!answers.isMapping(key)) {
            Integer status = answers.required(key, DECLINE);
            return status == null ? null : Answer.usual(status);
        }
        Section section = answers.section(key);
        if (section == null) {
            return null;
        }
        Answer answer = longForm(section);
        section.close();
        return answer;
    }

    private static @Nullable Answer longForm(Section section) {
        String as = section.required("as", LINE);
        if (NETWORK_BLOCKED.equals(as)) {
            String redress = section.required("redress", LINE);
            return redress == null ? null : Answer.networkBlocked(redress);
        }
        Integer status = as == null ? null : section.required("as", DECLINE);
        if (status == null) {
            return null;
        }
        Answer usual = Answer.usual(status);
        return new Answer(
                status,
                section.optional("phrase", LINE, usual.phrase()),
                section.optional("reason", LINE, usual.reason()),
                section.optional("call-info", LINE, usual.callInfo()));
    }

    private static Labels labels(Section trunk) {
        Section section = trunk.section("labels");
        Labels usual = Labels.DEFAULT;
        if (section == null) {
            return usual;
        }
        String verstat = section.optional("verstat", VERSTAT, usual.verstat());
        Labels labels = new Labels(
                section.optional("name", Forms.YES_NO, usual.name()),
                verstat.equals(NO_VERSTAT) ? "" : verstat,
                section.optional("call-info", LINE, usual.callInfo()),
                section.optional("alert-info", LINE, usual.alertInfo()));
        section.close();
        return labels;
    }

    private static @Nullable Redirect redirect(Section trunk) {
        Mode mode = trunk.optional("mode", MODE, Mode.INLINE);
        Integer clean = trunk.optional("clean", Forms.number(300, 699));
        if (mode == Mode.INLINE) {
            if (clean != null) {
                trunk.problem("clean", "", "only a trunk with mode redirect answers clean calls");
            }
            return null;
        }
        return new Redirect(clean == null ? DEFAULT_CLEAN : clean);
    }
}
