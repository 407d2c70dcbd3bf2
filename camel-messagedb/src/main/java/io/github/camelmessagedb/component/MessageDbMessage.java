package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** A message that was read from Message DB. It remembers what it was when its body and headers have changed. */
public class MessageDbMessage extends DefaultMessage {

    /** The property of an exchange with what its message was, for when that has been replaced by another. */
    static final String FOLLOWED = MessageDbConstants.PREFIX + "Followed";

    private final StoredMessage stored;

    MessageDbMessage(CamelContext context, StoredMessage stored) {
        super(context);
        this.stored = stored;
    }

    /** The message as the store holds it. */
    public StoredMessage getStored() {
        return stored;
    }

    /** Called when this becomes the message of an exchange: a consumer's, or a splitter's for an element of a list. */
    @Override
    public void setExchange(@Nullable Exchange exchange) {
        super.setExchange(exchange);
        if (exchange != null) {
            exchange.setProperty(FOLLOWED, stored);
        }
    }

    @Override
    public MessageDbMessage newInstance() {
        return new MessageDbMessage(getCamelContext(), stored);
    }
}
