package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.schema.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What of a Message DB's findings matters to programs, and what only their session tells. */
final class Examination {

    private static final String PRIVILEGE = "privilege ";

    /** Beginnings of what programs need to read, and then to write and to read with conditions. */
    private static final Set<String> TO_READ =
            Set.of("USAGE ON SCHEMA ", SchemaSql.SELECT_MESSAGES, function("category"));

    private static final Set<String> TO_WRITE = Set.of(
            SchemaSql.INSERT_MESSAGES,
            "USAGE ON SEQUENCE ",
            function("write_message"),
            function("acquire_lock"),
            function("stream_version"),
            function("hash_64"));

    private static final Set<String> FOR_CONDITIONS =
            Set.of(function("get_category_messages"), function("get_stream_messages"), function("is_category"));

    /** More than these are said together. */
    private static final int FEW = 3;

    /** What our statements need, and what they are tested with. */
    private static final int OLDEST_THAT_WORKS = 12;

    private static final int OLDEST_TESTED = 15;

    private final Session session;
    private final Needs needs;

    Examination(Session session, Needs needs) {
        this.session = session;
        this.needs = needs;
    }

    private static String function(String name) {
        return "EXECUTE ON FUNCTION message_store." + name + "(";
    }

    /** Those that matter of what was found by verifying with the session's role, and what there is beyond. */
    List<Finding> of(List<Finding> verified) {
        List<Finding> findings = new ArrayList<>(verified.stream()
                .filter(is(PRIVILEGE)
                        .negate()
                        .and(is("role ").negate())
                        .and(is("view ").negate()))
                .map(Examination::withEncoding)
                .toList());
        boolean installed = verified.stream().noneMatch(is("schema "));
        if (installed) {
            findings.addAll(privileges(verified.stream().filter(this::isNeeded).toList()));
        }
        Stream.of(version(session.version(), session.versionNumber()), path(installed), condition())
                .filter(Objects::nonNull)
                .forEach(findings::add);
        return findings;
    }

    private static Predicate<Finding> is(String kind) {
        return finding -> finding.object().startsWith(kind);
    }

    private boolean isNeeded(Finding finding) {
        Predicate<String> begins = what -> finding.object().startsWith(PRIVILEGE + what);
        return finding.severity() == Severity.PROBLEM
                && (TO_READ.stream().anyMatch(begins)
                        || (needs.writing() && TO_WRITE.stream().anyMatch(begins))
                        || (needs.conditions() && FOR_CONDITIONS.stream().anyMatch(begins)));
    }

    /** One by one, or, of a role that has next to none, in one sentence. */
    private List<Finding> privileges(List<Finding> lacking) {
        if (lacking.size() <= FEW
                || !session.withDefaultRole()
                || session.role().equals(MessageDbSchema.DEFAULT_ROLE)) {
            return lacking;
        }
        String mend = SchemaSql.grant(MessageDbSchema.DEFAULT_ROLE, session.role());
        return List.of(Finding.problem(
                "privileges",
                "The role %s, which this connects as, lacks %d privileges on Message DB, %s among them. What that means:"
                                .formatted(
                                        session.role(),
                                        lacking.size(),
                                        lacking.get(0).object().substring(PRIVILEGE.length()))
                        + " it can neither read nor write messages. Make it a member of the role that has them all, or"
                        + " connect as that role." + Remedies.inWords(mend),
                mend));
    }

    /** Verifying it takes for a note, for a Message DB works with any. */
    private static Finding withEncoding(Finding finding) {
        return finding.object().startsWith("database ")
                ? Finding.problem(
                        finding.object(),
                        finding.sentence()
                                + " The encoding of a database stays what it is: copy the messages into one that was created with"
                                + " ENCODING 'UTF8' TEMPLATE template0.",
                        null)
                : finding;
    }

    /** Null where it is one that this is tested with. */
    static @Nullable Finding version(String version, int number) {
        int major = number / 10_000;
        if (major >= OLDEST_TESTED) {
            return null;
        }
        String sentence = "The server is PostgreSQL %s. ".formatted(version);
        return major < OLDEST_THAT_WORKS
                ? Finding.problem(
                        "server",
                        sentence
                                + "What that means: reading fails, which needs %d or newer. Upgrade it to %d or newer."
                                        .formatted(OLDEST_THAT_WORKS, OLDEST_TESTED),
                        null)
                : Finding.note(
                        "server",
                        sentence
                                + "It has what is needed, but this project is tested with %d and newer."
                                        .formatted(OLDEST_TESTED),
                        null);
    }

    private @Nullable Finding path(boolean installed) {
        return !installed || session.onPath()
                ? null
                : Finding.note(
                        "search_path",
                        "The search_path of this session, %s, does not lead the role %s to message_store. The component sets it"
                                        .formatted(session.path(), session.role())
                                + " by itself, in each of its transactions; other programs that call Message DB's functions by"
                                + " their bare names fail. For these: " + SchemaSql.searchPath(session.role()) + ";",
                        SchemaSql.searchPath(session.role()));
    }

    private @Nullable Finding condition() {
        if (!needs.conditions() || session.conditions()) {
            return null;
        }
        String mend = SchemaSql.switchConditionsOn(session.role());
        return Finding.problem(
                "setting message_store.sql_condition",
                "There is a condition in SQL to read with, and the server's setting message_store.sql_condition is off for the"
                        + " role %s. What that means: such reads are refused.".formatted(session.role())
                        + Remedies.inWords(mend) + " It is for connections that are opened from then on.",
                mend);
    }

    /** For a category that a group reads, and that has a stream of its very name. */
    static Finding withoutId(String category) {
        return Finding.problem(
                "stream " + category,
                "There are messages in the stream '%s', which has no id, and a consumer group reads its category. What that means:"
                                .formatted(category)
                        + " all of them go to member 0, and consumers of other programs never get them. Write to streams with"
                        + " an id, such as '" + category + "-123'.",
                null);
    }
}
