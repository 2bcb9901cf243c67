package org.anticall.gateway.config;

/**
 * How a marked call looks behind this trunk: what the network there understands and what its phones show.
 *
 * @param name whether the label stands before the caller's display name
 * @param verstat the caller's verification status (3GPP TS 24.229 §7.2A.20), empty for none
 * @param callInfo value of a Call-Info header, empty for none
 * @param alertInfo value of an Alert-Info header (RFC 7462), empty for none
 */
public record Labels(boolean name, String verstat, String callInfo, String alertInfo) {

    /** Name and verification status. */
    public static final Labels DEFAULT = new Labels(true, "TN-Validation-Failed", "", "");
}
