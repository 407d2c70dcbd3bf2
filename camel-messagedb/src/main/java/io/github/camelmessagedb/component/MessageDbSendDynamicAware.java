package io.github.camelmessagedb.component;

import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import io.github.camelmessagedb.store.StreamName;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code toD("messagedb:account-${header.id}")} use one endpoint and one producer, those of the category, for all
 * streams: the name of the stream goes along in a header, and is taken away again.
 */
@SendDynamic("messagedb")
public class MessageDbSendDynamicAware extends SendDynamicAwareSupport {

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) {
        return new DynamicAwareEntry(uri, originalUri, null, null);
    }

    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) throws URISyntaxException {
        String uri = entry.getUri();
        String path = StringHelper.before(uri, "?", uri);
        StreamName name = name(uri);
        if (name.isCategory()) {
            return null;
        }
        // An id begins with the first dash, encoded or not encoded, of the path.
        String category = path.substring(0, path.indexOf('-'));
        return category + uri.substring(path.length());
    }

    @Override
    public @Nullable Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry)
            throws URISyntaxException {
        StreamName name = name(entry.getUri());
        return name.isCategory() || isOverridden(exchange)
                ? null
                : it -> it.getMessage().setHeader(OVERRIDE_STREAM_NAME, name.value());
    }

    @Override
    public @Nullable Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return isOverridden(exchange) ? null : it -> it.getMessage().removeHeader(OVERRIDE_STREAM_NAME);
    }

    private static boolean isOverridden(Exchange exchange) {
        return exchange.getMessage().getHeader(OVERRIDE_STREAM_NAME) != null;
    }

    /** As an endpoint's own URI is taken apart. */
    private static StreamName name(String uri) throws URISyntaxException {
        URI parsed = new URI(UnsafeUriCharactersEncoder.encode(uri));
        return StreamName.of(URISupport.extractRemainderPath(parsed, false));
    }
}
