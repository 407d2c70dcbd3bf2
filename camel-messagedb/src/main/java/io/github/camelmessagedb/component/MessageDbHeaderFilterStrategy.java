package io.github.camelmessagedb.component;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * The default filter between headers and metadata.
 *
 * <p>Inwards, entries of the metadata become headers, but for those whose names would steer components further on, in any
 * case of letters: what begins with {@code Camel}, {@code org.apache.camel.}, {@code kafka.}, {@code rabbitmq.} or
 * {@code JMS}, and {@code To}, {@code Cc}, {@code Bcc}, {@code From}, {@code Reply-To}, {@code Subject},
 * {@code operationName}, {@code operationNamespace} and {@code breadcrumbId}.
 *
 * <p>Outwards, no header becomes metadata: what a route has in its headers (credentials of an HTTP call among it) does not
 * end up in a store that forgets nothing. To let some out, give the endpoint a strategy of your own.
 */
public class MessageDbHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    private static final String STEERS_COMPONENTS = "(?is)(camel|org\\.apache\\.camel\\.|kafka\\.|rabbitmq\\.|jms).*"
            + "|to|cc|bcc|from|reply-to|subject|operationName|operationNamespace|breadcrumbId";

    private static final String ALL = "(?s).*";

    /** A filter with the rules above. */
    @SuppressWarnings("this-escape") // These setters only set.
    public MessageDbHeaderFilterStrategy() {
        setInFilterPattern(STEERS_COMPONENTS);
        setOutFilterPattern(ALL);
    }
}
