package org.anticall.gateway.sip;

import java.util.Random;

/** Makes one message into many that are nearly right. */
final class Mutations {

    private static final String[] PIECES = {
        "\r\n",
        "\r",
        "\n",
        "\0",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "<",
        ">",
        "\"",
        "\\",
        "@",
        "%",
        "=",
        "[",
        "]",
        "?",
        "SIP/2.0",
        "Via: ",
        "v:",
        "sip:",
        "sips:",
        "tel:",
        "branch=",
        ";tag=",
        "rport",
        "received=",
        "CSeq: ",
        "Content-Length: 1\r\n",
        "1",
        "\u00e9",
        "History-Info: ",
        "P-Asserted-Identity: ",
        "\r\n\r\n",
        "Route: ",
        "\r\n ",
        "Max-Forwards: 1\r\n",
        "f: <sip:x@y>;tag=1\r\n",
        "[::1]",
        "transport=tcp"
    };

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    /** {@code seed} with one to {@code most} changes. */
    String of(String seed, int most) {
        StringBuilder text = new StringBuilder(seed);
        for (int edits = random.nextInt(most); edits >= 0; edits--) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length());
        int to = Math.min(text.length(), at + random.nextInt(6));
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
            case 1 -> text.delete(at, to);
            case 2 -> text.setCharAt(at, (char) random.nextInt(256));
            default -> text.insert(at, text.substring(at, to));
        }
        if (text.length() == 0) {
            text.append('I');
        }
    }
}
