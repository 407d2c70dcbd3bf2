package io.github.camelmessagedb.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** PostgreSQL refuses to run as root: in a user namespace it does not see that it is root. */
final class RootPrivileges {

    private static final Path SELF = Path.of("/proc/self");

    private RootPrivileges() {}

    /** What to put in front of a command, nothing for an ordinary user. */
    static List<String> dropped(Platform platform) {
        return isRoot(platform) ? List.of("unshare", "-U") : List.of();
    }

    /** What may help root where a program failed, nothing for an ordinary user. */
    static String hint(Platform platform) {
        return isRoot(platform)
                ? "\nAs root it is started through unshare, which needs user namespaces; where they are not allowed, as in a"
                        + " Docker container by default, run as an ordinary user"
                : "";
    }

    private static boolean isRoot(Platform platform) {
        try {
            return platform.os().equals("linux")
                    && Files.getAttribute(SELF, "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }
}
