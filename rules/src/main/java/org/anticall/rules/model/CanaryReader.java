package org.anticall.rules.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code mode: {canary: …}}: the calls for which a rule on trial acts. */
final class CanaryReader {

    private static final String SHARE = "a share like 5%, 2/1000 or 250/1000, below all";

    private CanaryReader() {}

    static @Nullable Canary read(YamlNode node) {
        YamlNode settings = node.fields(List.of("canary")).get("canary");
        if (settings == null) {
            node.problem("expected live, shadow, or 'canary' with 'trunk-name' or 'share'");
            return null;
        }
        Map<String, YamlNode> fields = settings.fields(List.of("trunk-name", "share"));
        YamlNode share = fields.get("share");
        YamlNode trunk = fields.get("trunk-name");
        if ((share == null) == (trunk == null)) {
            settings.problem("expected either 'trunk-name' or 'share'");
            return null;
        }
        if (share != null) {
            int perMille = perMille(share);
            return perMille == 0 ? null : new Canary(Set.of(), perMille);
        }
        Set<String> trunks = new LinkedHashSet<>();
        if (trunk != null) {
            for (YamlNode item : trunk.items()) {
                String name = item.text("the name of a trunk");
                if (name != null) {
                    trunks.add(name);
                }
            }
        }
        return trunks.isEmpty() ? null : new Canary(trunks, 0);
    }

    private static int perMille(YamlNode node) {
        String text = node.text(SHARE);
        int perMille = 0;
        if (text != null && text.matches("[0-9]{1,2}%")) {
            perMille = Integer.parseInt(text.substring(0, text.length() - 1)) * 10;
        } else if (text != null && text.matches("[0-9]{1,3}/1000")) {
            perMille = Integer.parseInt(text.substring(0, text.length() - 5));
        }
        if (text != null && perMille == 0) {
            node.problem("'" + text + "', expected " + SHARE);
        }
        return perMille;
    }
}
