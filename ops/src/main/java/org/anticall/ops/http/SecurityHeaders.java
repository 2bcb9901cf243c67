package org.anticall.ops.http;

import io.javalin.http.Context;

/**
 * Headers of every answer. The content policy allows scripts and styles of this origin only, no inline code but the one
 * import map of the page, which is named by its hash: browsers take import maps from nowhere else.
 */
final class SecurityHeaders {

    private final String contentPolicy;

    /** @param importMapHash SHA-256 of the import map's text in base 64 */
    SecurityHeaders(String importMapHash) {
        this.contentPolicy = String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self' 'sha256-" + importMapHash + "'",
                "style-src 'self'",
                "img-src 'self'",
                "connect-src 'self'",
                "media-src blob:", // a recording, opened by POST
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'",
                "require-trusted-types-for 'script'",
                "trusted-types lit-html");
    }

    void on(Context context) {
        context.header("Content-Security-Policy", contentPolicy);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=(self), payment=(), usb=()");
        if (context.req().isSecure() || "https".equals(context.header("X-Forwarded-Proto"))) {
            context.header("Strict-Transport-Security", "max-age=31536000");
        }
        if (context.path().startsWith("/api/") || context.path().equals("/records")) {
            context.header("Cache-Control", "no-store");
        }
    }
}
