package org.anticall.ops.media;

/**
 * Which side leads the search for a way (ICE, RFC 8445) to a browser that only listens.
 *
 * <p>Symptom: the browser's checks are never answered and it gives up after 15 s; with one start of the relay always, with
 * another never. Cause: rtpengine 10.5 forgets that whoever offers leads when it offers by {@code subscribe request}. It
 * follows then, as does the browser that answers, and which of them gives way is decided by two random numbers (RFC 8445
 * §7.3.1.1); where it is to be the browser, both go on following. So the offer says {@code ice-lite} of the relay: then the browser leads
 * (RFC 8445 §6.1.1), whatever the numbers are, and the relay has nothing against it.
 */
final class ListenersIce {

    private static final String LITE = "a=ice-lite\r\n";

    private ListenersIce() {}

    /** The relay's offer to a listener, as the browser gets it. */
    static String offer(String description) {
        int media = description.indexOf("\nm=") + 1;
        return media == 0 ? description : description.substring(0, media) + LITE + description.substring(media);
    }
}
