package io.github.camelmessagedb.schema;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that {@link MessageDbSchema#verify()} came upon.
 *
 * @param severity how bad it is
 * @param object what it is about, such as {@code "index messages_id"}
 * @param sentence what is the case, and what it means to the programs that use this Message DB
 * @param mend statements, separated by semicolons, with which the owner or a superuser mends it; null where no statement
 *     does, or nothing has to be mended
 */
public record Finding(
        Severity severity,
        String object,
        String sentence,
        @Nullable String mend) {

    /** How bad a finding is. */
    public enum Severity {
        /** This Message DB does not do what Message DB does. */
        PROBLEM,
        /** It does, but somebody should know this. */
        NOTE,
        /** The role that looked could not see it. */
        UNSEEN
    }

    static Finding problem(String object, String sentence, @Nullable String mend) {
        return new Finding(Severity.PROBLEM, object, sentence, mend);
    }

    static Finding note(String object, String sentence, @Nullable String mend) {
        return new Finding(Severity.NOTE, object, sentence, mend);
    }

    static Finding unseen(String object, String sentence, @Nullable String mend) {
        return new Finding(Severity.UNSEEN, object, sentence, mend);
    }

    /** The statements that mend it, if there are any. */
    public Optional<String> remedy() {
        return Optional.ofNullable(mend);
    }

    @Override
    public String toString() {
        return sentence;
    }
}
