package org.anticall.ops.sip;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What the desk looks at in a caller's session description (RFC 8866): whether it offers sound that every seat understands,
 * G.711 over RTP. Bounded; whatever is written there, the answer is yes or no.
 */
final class SessionOffer {

    /** No phone and no carrier needs as much for a call. */
    static final int MOST_CHARACTERS = 8_192;

    static final int MOST_LINES = 400;

    private static final Set<String> USUAL = Set.of("PCMU/8000", "PCMA/8000", "PCMU/8000/1", "PCMA/8000/1");

    private SessionOffer() {}

    /** Whether its first sound that is not switched off can be G.711. */
    static boolean hasUsualSound(String description) {
        Set<String> formats = formats(description);
        return formats.contains("PCMU") || formats.contains("PCMA");
    }

    /** Whether that sound can be G.711 as it is spoken in Europe and Asia, A-law. */
    static boolean hasALaw(String description) {
        return formats(description).contains("PCMA");
    }

    /** The formats of its first sound that is not switched off; those of G.711 by name. */
    private static Set<String> formats(String description) {
        if (description.length() > MOST_CHARACTERS || !description.startsWith("v=0")) {
            return Set.of();
        }
        String[] lines = description.split("\\r?\\n", MOST_LINES + 1);
        if (lines.length > MOST_LINES) {
            return Set.of();
        }
        Set<String> formats = new HashSet<>();
        boolean inAudio = false;
        for (String line : lines) {
            if (line.startsWith("m=")) {
                if (inAudio) {
                    break;
                }
                inAudio = isAudio(line, formats);
            } else if (inAudio && line.startsWith("a=rtpmap:")) {
                mapped(line, formats);
            }
        }
        return formats;
    }

    /** An m-line of sound that is on; its static formats are put into {@code formats}, the others under their numbers. */
    private static boolean isAudio(String line, Set<String> formats) {
        String[] words = line.substring(2).trim().split(" +", -1);
        if (words.length < 4 || !words[0].equals("audio") || !isPort(words[1]) || !words[2].startsWith("RTP/")) {
            return false;
        }
        for (int i = 3; i < words.length; i++) {
            formats.add(words[i].equals("0") ? "PCMU" : words[i].equals("8") ? "PCMA" : words[i]);
        }
        return true;
    }

    private static void mapped(String line, Set<String> formats) {
        String[] words = line.substring("a=rtpmap:".length()).trim().split(" +", -1);
        if (words.length == 2 && formats.contains(words[0])) {
            String codec = words[1].toUpperCase(Locale.ROOT);
            if (USUAL.contains(codec)) {
                formats.add(codec.substring(0, 4));
            }
        }
    }

    /** 1 to 65535; 0 switches the sound off (RFC 3264 §6). */
    private static boolean isPort(String word) {
        return word.matches("[0-9]{1,5}") && !word.matches("0+") && Integer.parseInt(word) <= 65_535;
    }
}
