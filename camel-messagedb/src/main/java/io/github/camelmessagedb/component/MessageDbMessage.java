package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.support.DefaultMessage;

/** A message that was read from Message DB. It remembers what it was when its body and headers have changed. */
public class MessageDbMessage extends DefaultMessage {

    private final StoredMessage stored;

    MessageDbMessage(CamelContext context, StoredMessage stored) {
        super(context);
        this.stored = stored;
    }

    /** The message as the store holds it. */
    public StoredMessage getStored() {
        return stored;
    }

    @Override
    public MessageDbMessage newInstance() {
        return new MessageDbMessage(getCamelContext(), stored);
    }
}
