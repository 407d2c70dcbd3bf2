package io.github.camelmessagedb.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The versions that streams had when they were last written to, of the 10,000 that were written to last. Hints, of which none has
 * to be right: others write to these streams too, a transaction may be rolled back, and messages may be deleted. For many
 * threads.
 */
final class StreamVersions {

    static final int MOST = 10_000;

    private final Map<String, Long> versions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    /** Null where nothing is known. */
    synchronized List<@Nullable Long> of(List<String> streams) {
        List<@Nullable Long> known = new ArrayList<>(streams.size());
        for (String stream : streams) {
            known.add(versions.get(stream));
        }
        return known;
    }

    /** @param versions of the streams, one by one; null where it is not known */
    synchronized void learn(List<String> streams, @Nullable Long[] versions) {
        for (int i = 0; i < versions.length; i++) {
            Long version = versions[i];
            if (version != null) {
                this.versions.put(streams.get(i), version);
            }
        }
    }
}
