package io.github.camelmessagedb.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Gets the packages of the original Message DB, the older ones too, by npm, which alone has them. Run by the build before
 * the integration tests; where it fails it leaves the reason instead, and the build goes on.
 */
public final class OriginalDownload {

    private static final int SECONDS = 120;

    private OriginalDownload() {}

    /** The argument: where to put them. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Files.createDirectories(directory);
        for (String version : OriginalPackage.SHA_256.keySet()) {
            provide(new OriginalPackage(directory, version));
        }
    }

    private static void provide(OriginalPackage original) throws IOException, InterruptedException {
        if (!Files.exists(original.tarball())) {
            Files.deleteIfExists(original.reasonFile());
            String problem = pack(original);
            if (!problem.isEmpty()) {
                Files.writeString(original.reasonFile(), problem);
                System.err.println("[WARNING] Without the original Message DB: " + problem);
            }
        }
    }

    private static String pack(OriginalPackage original) throws IOException, InterruptedException {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        Path output = Files.createTempFile("npm", ".txt");
        try {
            Process npm = new ProcessBuilder(
                            windows ? "npm.cmd" : "npm",
                            "pack",
                            "--prefer-offline",
                            "--fetch-retries=1",
                            original.name())
                    .directory(original.directory().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!npm.waitFor(SECONDS, TimeUnit.SECONDS)) {
                npm.destroyForcibly();
                return "npm pack did not end within " + SECONDS + " s";
            }
            return npm.exitValue() == 0
                    ? ""
                    : "npm pack " + original.name() + " failed: "
                            + Files.readString(output).strip();
        } catch (IOException e) {
            return "npm cannot be run: " + e.getMessage();
        } finally {
            Files.deleteIfExists(output);
        }
    }
}
