package org.anticall.gateway.control;

/** Finds a header in the text of a SIP message, off the event loops, where time does not count. */
final class SipHead {

    private SipHead() {}

    /**
     * The value of the first header of that name, empty if there is none.
     *
     * @param compact its compact form, NUL if it has none
     */
    static String value(String message, String name, char compact) {
        int end = message.indexOf("\r\n\r\n");
        for (String line : (end < 0 ? message : message.substring(0, end)).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String header = colon < 0 ? "" : line.substring(0, colon).strip();
            boolean isShort = header.length() == 1 && Character.toLowerCase(header.charAt(0)) == compact;
            if (header.equalsIgnoreCase(name) || isShort) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }
}
