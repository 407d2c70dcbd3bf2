package io.github.camelmessagedb.component;

import io.github.camelmessagedb.schema.Finding;
import io.github.camelmessagedb.schema.MessageDbDoctor;
import io.github.camelmessagedb.schema.Needs;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedStartupListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has each data source looked at once, when it is first used, for what will make consumers miss messages or fail: what is
 * found is one WARN. Nobody waits for it: it is done on a thread of its own, which ends with it, and not before the context
 * has started. Where that fails, it is tried again a minute later, and nobody is bothered: those who need the database tell
 * that it is away.
 */
final class StartupDoctor implements ExtendedStartupListener {

    private static final Logger LOG = LoggerFactory.getLogger(StartupDoctor.class);

    private static final long RETRY_S = 60;

    private final IdentityHashMap<DataSource, Patient> patients = new IdentityHashMap<>();
    private @Nullable CamelContext context;
    private @Nullable ScheduledExecutorService thread;

    /** A data source, and what was found. */
    static final class Patient {

        private final DataSource dataSource;
        private final @Nullable String url;
        private Needs needs = Needs.READING;
        private @Nullable Needs examined;
        private volatile List<Finding> findings = List.of();

        private Patient(DataSource dataSource, @Nullable String url) {
            this.dataSource = dataSource;
            this.url = url;
        }

        private String where() {
            return url == null ? "" : " at " + url;
        }

        /** What was found, in words; nothing before somebody has looked. */
        List<String> findings() {
            return findings.stream().map(Finding::sentence).toList();
        }
    }

    /**
     * Has a data source looked at, unless it was with these needs.
     *
     * @param url where it is, if that is known
     */
    synchronized Patient admit(DataSource dataSource, @Nullable String url, Needs needs) {
        Patient patient = patients.computeIfAbsent(dataSource, it -> new Patient(it, url));
        patient.needs = patient.needs.and(needs);
        begin(0);
        return patient;
    }

    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {
        // Otherwise routes begin only after this.
        if (alreadyStarted) {
            onCamelContextFullyStarted(started, true);
        }
    }

    @Override
    public synchronized void onCamelContextFullyStarted(CamelContext started, boolean alreadyStarted) {
        context = started;
        begin(0);
    }

    private void begin(long delay) {
        if (context != null && thread == null && !waiting().isEmpty()) {
            thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "messagedb-doctor");
            var unused = thread.schedule(this::examineAll, delay, TimeUnit.SECONDS);
        }
    }

    private synchronized List<Patient> waiting() {
        return patients.values().stream()
                .filter(patient -> !patient.needs.equals(patient.examined))
                .toList();
    }

    private void examineAll() {
        boolean failed = false;
        for (Patient patient : waiting()) {
            failed |= !examine(patient);
        }
        end(failed ? RETRY_S : 0);
    }

    private boolean examine(Patient patient) {
        Needs needs = needs(patient);
        try {
            List<Finding> found =
                    MessageDbDoctor.on(patient.dataSource).examine(needs).problems();
            tell(patient, found);
            examined(patient, needs, found);
            return true;
        } catch (Throwable e) {
            LOG.debug("The database{} cannot be looked at", patient.where(), e);
            return false;
        }
    }

    private synchronized Needs needs(Patient patient) {
        return patient.needs;
    }

    private synchronized void examined(Patient patient, Needs needs, List<Finding> found) {
        patient.examined = needs;
        patient.findings = found;
    }

    /** What was not told before. */
    private static void tell(Patient patient, List<Finding> found) {
        List<Finding> told = patient.findings;
        String block = found.stream()
                .filter(finding -> !told.contains(finding))
                .map(finding -> "\n- " + finding.sentence())
                .collect(Collectors.joining());
        if (!block.isEmpty()) {
            LOG.warn(
                    "The Message DB{} is not as it should be for what this program does with it (messagedb doctor, the command,"
                            + " looks again):{}",
                    patient.where(),
                    block);
        }
    }

    private synchronized void end(long delay) {
        shutdown();
        begin(delay);
    }

    private void shutdown() {
        if (context != null && thread != null) {
            context.getExecutorServiceManager().shutdownNow(thread);
        }
        thread = null;
    }

    /** Whatever is used afterwards waits for another start of the context. */
    synchronized void stop() {
        shutdown();
        context = null;
        patients.clear();
    }
}
