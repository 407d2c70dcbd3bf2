package io.github.camelmessagedb.examples.boot;

import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_TYPE;
import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;

import java.util.List;
import org.apache.camel.Message;

/**
 * What is decided on: an account as its events tell it.
 *
 * @param balance in cents
 * @param version the position of its last event
 */
record Account(long balance, long version) {

    static Account of(List<Message> events) {
        if (events.isEmpty()) {
            throw new NoSuchAccountException();
        }
        long balance = events.stream()
                .mapToLong(event ->
                        AccountEvent.change(event.getHeader(MESSAGE_TYPE, String.class), event.getBody(String.class)))
                .sum();
        return new Account(balance, events.get(events.size() - 1).getHeader(POSITION, Long.class));
    }

    void requireCovers(Amount withdrawal) {
        if (withdrawal.amount() > balance) {
            throw new OverdraftException(balance);
        }
    }

    /** Nobody has opened it. */
    static final class NoSuchAccountException extends RuntimeException {
        NoSuchAccountException() {
            super("There is no such account");
        }
    }

    /** More is drawn than there is. */
    static final class OverdraftException extends RuntimeException {
        OverdraftException(long balance) {
            super("There are only " + balance + " cents");
        }
    }
}
