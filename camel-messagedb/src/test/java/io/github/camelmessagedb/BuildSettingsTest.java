package io.github.camelmessagedb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maven ignores a property that nobody reads and warns of a profile that nobody has: a misspelt leg would pass. */
class BuildSettingsTest {

    private static final Path ROOT = Path.of("..");

    private static final Pattern PROFILE = Pattern.compile("(?<=\\s-P)[a-z][\\w.-]*");

    /** Of ours; Maven's plugins have others. */
    private static final Pattern PROPERTY = Pattern.compile("(?<=-D)(?:messagedb|embedded|camel|quickstart)\\.[\\w.]+");

    @ParameterizedTest
    @ValueSource(strings = {".ci/run", ".github/workflows/ci.yml", "postgres-matrix", "CONTRIBUTING.md", "README.md"})
    void profiles_and_properties_that_commands_name_exist(String file) throws IOException {
        String commands = " " + Files.readString(ROOT.resolve(file));
        List<String> expected = new ArrayList<>();
        PROFILE.matcher(commands)
                .results()
                .map(MatchResult::group)
                .forEach(name -> expected.add("<id>" + name + "</id>"));
        PROPERTY.matcher(commands).results().map(MatchResult::group).forEach(name -> expected.add("<" + name + ">"));

        assertThat(poms()).contains(expected.toArray(String[]::new));
    }

    @Test
    void each_release_of_postgresql_that_is_run_in_ci_is_one_of_the_matrix() throws IOException {
        String matrix = Files.readString(ROOT.resolve("postgres-matrix"));
        Pattern release = Pattern.compile("\\b1[5-9]\\.\\d+\\.0\\b");

        for (String file : List.of(".ci/run", ".github/workflows/ci.yml")) {
            assertThat(release.matcher(Files.readString(ROOT.resolve(file))).results())
                    .extracting(MatchResult::group)
                    .isNotEmpty()
                    .allSatisfy(found -> assertThat(matrix).contains(found));
        }
    }

    private static String poms() throws IOException {
        StringBuilder poms = new StringBuilder();
        try (Stream<Path> files = Files.find(ROOT, 3, (path, attributes) -> path.endsWith("pom.xml"))) {
            for (Path pom : files.toList()) {
                poms.append(Files.readString(pom));
            }
        }
        return poms.toString();
    }
}
