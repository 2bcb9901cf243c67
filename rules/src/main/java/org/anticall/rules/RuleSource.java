package org.anticall.rules;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.number.NumberingPlan;

/** Where a rule file and the lists it names come from. */
public interface RuleSource {

    /** Name of the rule file, for messages. */
    String name();

    /**
     * The text of the rule file.
     *
     * @throws IOException if it cannot be read
     */
    String rules() throws IOException;

    /**
     * The text of a list that the rule file names.
     *
     * @param file relative name, without {@code ..}
     * @throws IOException if it cannot be read
     */
    String list(String file) throws IOException;

    /** A rule file on disk, its lists beside it. Read anew at every activation. */
    static RuleSource file(Path path) {
        return new RuleSource() {
            @Override
            public String name() {
                return path.toString();
            }

            @Override
            public String rules() throws IOException {
                return read(path);
            }

            @Override
            public String list(String file) throws IOException {
                return read(path.resolveSibling(file));
            }

            private String read(Path each) throws IOException {
                try {
                    return Files.readString(each);
                } catch (NoSuchFileException missing) {
                    throw new IOException("there is no file " + each, missing);
                } catch (AccessDeniedException forbidden) {
                    throw new IOException("no permission to read " + each, forbidden);
                } catch (CharacterCodingException notText) {
                    throw new IOException(each + " is not text in UTF-8", notText);
                }
            }
        };
    }

    /**
     * The policy that ships with the product.
     *
     * @param home ISO 3166-1 alpha-2 code in any case
     * @throws IllegalArgumentException naming the countries there is a policy for
     */
    static RuleSource reference(String home) {
        String country = home.toUpperCase(Locale.ROOT);
        if (!NumberingPlan.KNOWN.contains(country)) {
            throw new IllegalArgumentException("no reference policy for home country '" + home + "', known: "
                    + String.join(", ", NumberingPlan.KNOWN));
        }
        return new RuleSource() {
            @Override
            public String name() {
                return "reference/" + country + "/rules.yaml";
            }

            @Override
            public String rules() throws IOException {
                return read("rules.yaml");
            }

            @Override
            public String list(String file) throws IOException {
                return read(file);
            }

            private String read(String file) throws IOException {
                try (InputStream in = RuleSource.class.getResourceAsStream("reference/" + country + "/" + file)) {
                    if (in == null) {
                        throw new IOException("the reference policy of " + country + " has no file " + file);
                    }
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        };
    }

    /** The rule file of a bundle and the lists that travel with it. */
    static RuleSource bundle(VerifiedBundle bundle) {
        return new RuleSource() {
            @Override
            public String name() {
                return "bundle " + bundle.manifest().revision() + "/" + Manifest.RULES;
            }

            @Override
            public String rules() throws IOException {
                return list(Manifest.RULES);
            }

            @Override
            public String list(String file) throws IOException {
                byte[] part = bundle.part(file);
                if (part == null) {
                    throw new IOException("the bundle has no part " + file);
                }
                try {
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(part))
                            .toString();
                } catch (CharacterCodingException notText) {
                    throw new IOException("part " + file + " is not text in UTF-8", notText);
                }
            }
        };
    }

    /** A rule file given as text, without list files. */
    static RuleSource text(String name, String yaml) {
        return new RuleSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String rules() {
                return yaml;
            }

            @Override
            public String list(String file) throws IOException {
                throw new IOException("rules given as text have no list files");
            }
        };
    }
}
