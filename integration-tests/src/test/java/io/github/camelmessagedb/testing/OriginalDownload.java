package io.github.camelmessagedb.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Gets the package of the original Message DB by npm, which alone has it. Run by the build before the integration
 * tests; where it fails it leaves the reason instead, and the build goes on.
 */
public final class OriginalDownload {

    private static final int SECONDS = 120;

    private OriginalDownload() {}

    /** The argument: where to put it. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Files.createDirectories(directory);
        OriginalPackage original = new OriginalPackage(directory);
        if (!Files.exists(original.tarball())) {
            Files.deleteIfExists(original.reasonFile());
            String problem = pack(directory);
            if (!problem.isEmpty()) {
                Files.writeString(original.reasonFile(), problem);
                System.err.println("[WARNING] Without the original Message DB: " + problem);
            }
        }
    }

    private static String pack(Path directory) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path output = Files.createTempFile("npm", ".txt");
        try {
            Process npm = new ProcessBuilder(
                            windows ? "npm.cmd" : "npm",
                            "pack",
                            "--prefer-offline",
                            "--fetch-retries=1",
                            OriginalPackage.NAME)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!npm.waitFor(SECONDS, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
                return "npm pack did not end within " + SECONDS + " s";
            }
            return npm.exitValue() == 0
                    ? ""
                    : "npm pack " + OriginalPackage.NAME + " failed: "
                            + Files.readString(output).strip();
        } catch (IOException e) {
            return "npm cannot be run: " + e.getMessage();
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
