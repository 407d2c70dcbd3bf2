package io.github.camelmessagedb.component;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * The default filter between headers and metadata. Inwards, entries of the metadata become headers, but for those whose
 * names begin with {@code Camel}, {@code org.apache.camel.}, {@code kafka.} or {@code JMS}, in any case: they would steer
 * components further on. Outwards, no header becomes metadata: what a route has in its headers (credentials of an HTTP
 * call among it) does not end up in a store that forgets nothing. To let some out, give the endpoint a strategy of your
 * own.
 */
public class MessageDbHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    private static final String STEERS_COMPONENTS = "(?is)(camel|org\\.apache\\.camel\\.|kafka\\.|jms).*";
    private static final String ALL = "(?s).*";

    /** A filter with the rules above. */
    public MessageDbHeaderFilterStrategy() {
        setInFilterPattern(STEERS_COMPONENTS);
        setOutFilterPattern(ALL);
    }
}
