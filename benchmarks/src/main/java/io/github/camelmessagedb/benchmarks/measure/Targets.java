package io.github.camelmessagedb.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What figures have to be, by their keys. */
public final class Targets {

    /** Anything will do. */
    static final Targets NONE = new Targets(new Properties());

    private static final String OURS = "/targets.properties";

    private final Map<String, Target> targets;

    private Targets(Properties properties) {
        targets = new TreeMap<>();
        properties
                .stringPropertyNames()
                .forEach(key -> targets.put(key, Target.parse(key, properties.getProperty(key))));
    }

    /** Those of the project. */
    public static Targets ours() throws IOException {
        try (InputStream file = Objects.requireNonNull(Targets.class.getResourceAsStream(OURS));
                Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
            return of(reader);
        }
    }

    /** Those of another file. */
    public static Targets of(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return of(reader);
        }
    }

    private static Targets of(Reader reader) throws IOException {
        Properties properties = new Properties();
        properties.load(reader);
        return new Targets(properties);
    }

    Optional<Target> of(String key) {
        return Optional.ofNullable(targets.get(key));
    }

    /** Those of these benchmarks that no figure is for. */
    Set<String> without(Collection<Figure> figures, Set<String> benchmarks) {
        Set<String> keys = new TreeSet<>(targets.keySet());
        keys.removeIf(key -> !benchmarks.contains(key.split("\\.", 2)[0]));
        figures.forEach(figure -> keys.remove(figure.key()));
        return keys;
    }
}
