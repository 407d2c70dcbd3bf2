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

    private static boolean isRoot(Platform platform) {
        try {
            return platform.os().equals("linux")
                    && Files.getAttribute(SELF, "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }
}
