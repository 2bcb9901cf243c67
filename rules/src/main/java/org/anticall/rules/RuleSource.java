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
import java.util.function.Function;
import org.anticall.rules.bundle.BundleContents;
import org.anticall.rules.bundle.Manifest;
import org.anticall.rules.bundle.PartContent;
import org.anticall.rules.bundle.VerifiedBundle;
import org.anticall.rules.model.KnownLists;
import org.anticall.rules.model.ListLoader;
import org.anticall.rules.model.Reading;
import org.anticall.rules.model.RuleSetReader;
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

    /** SHA-256 in hex of the bytes of a list, empty if nobody can tell without reading them. */
    default String digest(String file) {
        return "";
    }

    /**
     * Reads it all.
     *
     * @param known lists that need not be read again
     * @throws IOException if the rule file cannot be read; lists that cannot are problems of the reading
     */
    default Reading read(KnownLists known) throws IOException {
        ListLoader loader = new ListLoader() {
            @Override
            public InputStream open(String file) throws IOException {
                return list(file);
            }

            @Override
            public String digest(String file) {
                return RuleSource.this.digest(file);
            }
        };
        return RuleSetReader.read(name(), rules(), loader, known);
    }

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
        long revision = bundle.manifest().revision();
        return parts("bundle " + revision + "/" + Manifest.RULES, revision, bundle::part);
    }

    /** The same of a bundle that nobody vouches for: to look at, never to enforce. */
    static RuleSource contents(BundleContents contents) {
        return parts(
                "bundle " + contents.revision() + "/" + Manifest.RULES, contents.revision(), contents.parts()::get);
    }

    /**
     * A rule file and the lists it names, as parts of a bundle that is still to be made.
     *
     * @param name of the rule file, for messages
     * @param revision that the rules must have, 0 if the rule file says which, or it is the next one
     * @param parts by name, {@value Manifest#RULES} among them; null for a name that there is not
     */
    static RuleSource parts(String name, long revision, Function<String, @Nullable PartContent> parts) {
        return new RuleSource() {
            @Override
            public String name() {
                return name;
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
                PartContent part = parts.apply(file);
                if (part == null) {
                    throw new IOException("there is no part " + file);
                }
                return part.open();
            }

            @Override
            public String digest(String file) {
                PartContent part = parts.apply(file);
                return part == null ? "" : part.sha256();
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
