package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StoredMessage;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** A message that was read from Message DB. It remembers what it was when its body and headers have changed. */
public class MessageDbMessage extends DefaultMessage {

    /** The property of an exchange with what its message was, for when that has been replaced by another. */
    static final String FOLLOWED = MessageDbConstants.PREFIX + "Followed";

    private final StoredMessage stored;

    /** Null where there are none at first, as in a copy, which gets those that its original has by then. */
    private final @Nullable Consumer<Map<String, Object>> describing;

    /**
     * With the data as its body.
     *
     * @param describing makes the headers, when somebody asks for them: many routes never do
     */
    MessageDbMessage(CamelContext context, StoredMessage stored, Consumer<Map<String, Object>> describing) {
        super(context);
        this.stored = stored;
        this.describing = describing;
        setBody(stored.data());
    }

    private MessageDbMessage(CamelContext context, StoredMessage stored) {
        super(context);
        this.stored = stored;
        this.describing = null;
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
    protected boolean isPopulateHeadersSupported() {
        return describing != null;
    }

    @Override
    protected void populateInitialHeaders(Map<String, Object> map) {
        if (describing != null) {
            describing.accept(map);
        }
    }

    @Override
    public MessageDbMessage newInstance() {
        return new MessageDbMessage(getCamelContext(), stored);
    }
}
