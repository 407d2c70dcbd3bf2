package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.List;

/** What is done with the messages of a subscription. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles messages, and has done so when it returns.
     *
     * @param messages one, or several in order where the subscription is set to batches
     * @throws Exception if they were not handled: the same messages are given again
     */
    void handle(List<StoredMessage> messages) throws Exception;
}
