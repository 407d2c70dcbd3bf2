package io.github.camelmessagedb.schema;

import java.util.Set;
import java.util.TreeSet;

/**
 * What programs are going to do with a Message DB, beyond reading it.
 *
 * @param writing whether they write messages; positions of consumers are messages too, unless they are kept elsewhere
 * @param conditions whether they read with conditions in SQL
 * @param groupCategories the categories that they read with consumer groups of more than one member
 * @since 0.1.0
 */
public record Needs(boolean writing, boolean conditions, Set<String> groupCategories) {

    /** To read without any of it. */
    public static final Needs READING = new Needs(false, false, Set.of());

    /** Makes the set unmodifiable. */
    public Needs {
        groupCategories = Set.copyOf(groupCategories);
    }

    /** What either of both needs. */
    public Needs and(Needs other) {
        Set<String> categories = new TreeSet<>(groupCategories);
        categories.addAll(other.groupCategories);
        return new Needs(writing || other.writing, conditions || other.conditions, categories);
    }
}
