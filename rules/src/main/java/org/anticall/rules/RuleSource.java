package org.anticall.rules;

import java.io.ByteArrayInputStream;
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
import java.util.function.Function;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.number.NumberingPlan;
import org.jspecify.annotations.Nullable;

/** Where a rule file and the lists it names come from. */
public interface RuleSource {

    /** Name of the rule file, for messages. */
    String name();

    /** The revision that the rules must have, 0 if the rule file says which, or it is the next one. */
    default long revision() {
        return 0;
    }

    /**
     * The text of the rule file.
     *
     * @throws IOException if it cannot be read
     */
    String rules() throws IOException;

    /**
     * The bytes of a list that the rule file names; whoever calls closes the stream.
     *
     * @param file relative name, without {@code ..}
     * @throws IOException if it cannot be read
     */
    InputStream list(String file) throws IOException;

    /** A rule file on disk, its lists beside it. Read anew at every activation. */
    static RuleSource file(Path path) {
        return new RuleSource() {
            @Override
            public String name() {
                return path.toString();
            }

            @Override
            public String rules() throws IOException {
                return text(path.toString(), open(path));
            }

            @Override
            public InputStream list(String file) throws IOException {
                return open(path.resolveSibling(file));
            }

            private InputStream open(Path each) throws IOException {
                try {
                    return Files.newInputStream(each);
                } catch (NoSuchFileException missing) {
                    throw new IOException("there is no file " + each, missing);
                } catch (AccessDeniedException forbidden) {
                    throw new IOException("no permission to read " + each, forbidden);
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
                return text(name(), list(Manifest.RULES));
            }

            @Override
            public InputStream list(String file) throws IOException {
                InputStream in = RuleSource.class.getResourceAsStream("reference/" + country + "/" + file);
                if (in == null) {
                    throw new IOException("the reference policy of " + country + " has no file " + file);
                }
                return in;
            }
        };
    }

    /** The rule file of a bundle and the lists that travel with it. */
    static RuleSource bundle(VerifiedBundle bundle) {
        return parts(bundle.manifest().revision(), bundle::part);
    }

    /** The same of a bundle that nobody vouches for: to look at, never to enforce. */
    static RuleSource contents(BundleContents contents) {
        return parts(contents.revision(), contents.parts()::get);
    }

    private static RuleSource parts(long revision, Function<String, byte @Nullable []> parts) {
        return new RuleSource() {
            @Override
            public String name() {
                return "bundle " + revision + "/" + Manifest.RULES;
            }

            @Override
            public long revision() {
                return revision;
            }

            @Override
            public String rules() throws IOException {
                return text("part " + Manifest.RULES, list(Manifest.RULES));
            }

            @Override
            public InputStream list(String file) throws IOException {
                byte[] part = parts.apply(file);
                if (part == null) {
                    throw new IOException("the bundle has no part " + file);
                }
                return new ByteArrayInputStream(part);
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
            public InputStream list(String file) throws IOException {
                throw new IOException("rules given as text have no list files");
            }
        };
    }

    private static String text(String name, InputStream in) throws IOException {
        try (in) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw new IOException(name + " is not text in UTF-8", notText);
        }
    }
}
