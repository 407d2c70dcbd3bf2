package io.github.camelmessagedb.conformance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is done in one transaction, which is rolled back then.
 *
 * @param store the content of the store; without one it is {@link Store#EXAMPLE}
 * @param settings of Message DB, for this transaction; without any it runs where none was ever made, which is not the
 *     same as to have made and reset one
 * @param queries one after the other
 * @param writes whether each is under a savepoint, and its traces are looked at
 */
record Session(@Nullable Store store, Map<String, String> settings, List<Query> queries, boolean writes) {

    static Session read(Map<String, String> settings, Query query) {
        return new Session(null, settings, List.of(query), false);
    }

    static Session read(Store store, List<Query> queries) {
        return new Session(store, Map.of(), queries, false);
    }

    static Session write(Map<String, String> settings, List<Query> queries) {
        return new Session(null, settings, queries, true);
    }
}
