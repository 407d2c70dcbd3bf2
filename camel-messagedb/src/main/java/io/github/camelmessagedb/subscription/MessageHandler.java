package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with the messages of a subscription. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Begins to handle messages. It may return before it has: no thread of the subscription's waits for it then. Called by
     * several threads at once where the subscription has several workers, never with two messages of one stream.
     *
     * @param messages one, or several in order where the subscription is set to batches
     * @param completion to be told once, on any thread; what it is told later than that does not matter
     * @throws Exception if they were not handled, as if the completion had been told so
     */
    void handle(List<StoredMessage> messages, Completion completion) throws Exception;

    /** Takes the end of the handling of some messages. */
    @FunctionalInterface
    interface Completion {

        /**
         * The messages were handled, or not.
         *
         * @param failure null if they were; if not, what becomes of them is the failure policy's
         */
        void done(@Nullable Throwable failure);
    }

    /** A handler that has handled the messages when it returns. */
    static MessageHandler of(Synchronous handler) {
        return (messages, completion) -> {
            handler.handle(messages);
            completion.done(null);
        };
    }

    /** Handles messages on the thread that it is called by. */
    @FunctionalInterface
    interface Synchronous {

        /**
         * Handles messages, and has done so when it returns.
         *
         * @throws Exception if they were not handled
         */
        void handle(List<StoredMessage> messages) throws Exception;
    }
}
