package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.schema.Finding.Severity;
import java.util.List;

/**
 * What {@link MessageDbSchema#verify()} found.
 *
 * @param findings problems first, then notes, then what could not be seen
 */
public record Verification(List<Finding> findings) {

    /** Makes the list unmodifiable. */
    public Verification {
        findings = List.copyOf(findings);
    }

    /** Whether there is no problem; notes there may be, and things that the role could not see. */
    public boolean isClean() {
        return problems().isEmpty();
    }

    /** What is missing or different. */
    public List<Finding> problems() {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.PROBLEM)
                .toList();
    }
}
