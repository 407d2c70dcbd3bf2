package io.github.camelmessagedb.embedded;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/**
 * A PostgreSQL that is installed on this machine. Zonky unpacks an archive: here one that has nothing in it but a link to the
 * directory of the programs, which look for the rest of the installation from where they really are.
 *
 * @param home has {@code bin} in it
 */
record InstalledPostgres(Path home) implements PgBinaryResolver {

    private static final List<String> PROGRAMS = List.of("initdb", "pg_ctl", "postgres");

    /** @throws IllegalArgumentException naming the program that is not there */
    static Path requireHome(Path home) {
        for (String program : PROGRAMS) {
            Path file = home.resolve("bin").resolve(program);
            if (!Files.isExecutable(file)) {
                throw new IllegalArgumentException("No PostgreSQL server in " + home + ": there is no program " + file);
            }
        }
        return home.toAbsolutePath();
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        var archive = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(archive))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            TarArchiveEntry bin = new TarArchiveEntry("bin", TarConstants.LF_SYMLINK);
            bin.setLinkName(home.resolve("bin").toString());
            // The same archive each time, so that it is unpacked once.
            bin.setModTime(0);
            tar.putArchiveEntry(bin);
            tar.closeArchiveEntry();
        }
        return new ByteArrayInputStream(archive.toByteArray());
    }
}
