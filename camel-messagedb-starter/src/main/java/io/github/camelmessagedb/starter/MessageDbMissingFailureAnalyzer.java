package io.github.camelmessagedb.starter;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says it without a stack trace. */
final class MessageDbMissingFailureAnalyzer extends AbstractFailureAnalyzer<MessageDbMissingException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MessageDbMissingException cause) {
        return new FailureAnalysis(cause.problem(), MessageDbMissingException.REMEDY, cause);
    }
}
