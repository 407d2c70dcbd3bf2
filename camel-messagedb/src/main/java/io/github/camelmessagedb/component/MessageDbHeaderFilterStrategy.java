package io.github.camelmessagedb.component;

import org.apache.camel.support.DefaultHeaderFilterStrategy;

/**
 * The default filter between headers and metadata. Inwards, entries of the metadata become headers, but for those whose
 * names begin with {@code Camel} or {@code org.apache.camel.} in any case: they would steer Camel. Outwards, no header
 * becomes metadata: what a route has in its headers (credentials of an HTTP call among it) does not end up in a store
 * that forgets nothing. To let some out, give the endpoint a strategy of your own.
 */
public class MessageDbHeaderFilterStrategy extends DefaultHeaderFilterStrategy {

    /** A filter with the rules above. */
    public MessageDbHeaderFilterStrategy() {
        setLowerCase(true);
        setInFilterStartsWith(CAMEL_FILTER_STARTS_WITH);
        setOutFilterPattern(".*");
    }
}
