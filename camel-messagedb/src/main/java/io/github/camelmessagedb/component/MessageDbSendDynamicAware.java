package io.github.camelmessagedb.component;

import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import io.github.camelmessagedb.store.StreamName;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.annotations.SendDynamic;
import org.apache.camel.support.component.SendDynamicAwareSupport;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.URISupport;
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

    /**
     * @throws IllegalArgumentException if the URI has the option condition or sql: they are SQL, and what a message brings
     *     into the URI, a question mark with more options among it, must never become SQL
     */
    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        Map<String, Object> options = options(exchange, uri);
        if (options.keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).matches(".*(condition|sql).*"))) {
            throw new IllegalArgumentException("The dynamic endpoint " + originalUri
                    + " cannot have the options condition and sql, which are SQL: use a static endpoint for them");
        }
        return new DynamicAwareEntry(uri, originalUri, options, Map.of());
    }

    private static Map<String, Object> options(Exchange exchange, String uri) throws URISyntaxException {
        String query = StringHelper.after(normalized(exchange, uri), "?");
        return query == null ? Map.of() : URISupport.parseQuery(query);
    }

    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) {
        StreamName name = name(exchange, entry);
        if (!isOptimised(name)) {
            return null;
        }
        String uri = entry.getUri();
        String path = StringHelper.before(uri, "?", uri);
        return getScheme() + ":" + name.category() + uri.substring(path.length());
    }

    @Override
    public @Nullable Processor createPreProcessor(Exchange exchange, DynamicAwareEntry entry) {
        StreamName name = name(exchange, entry);
        return !isOptimised(name) || isOverridden(exchange)
                ? null
                : it -> it.getMessage().setHeader(OVERRIDE_STREAM_NAME, name.value());
    }

    @Override
    public @Nullable Processor createPostProcessor(Exchange exchange, DynamicAwareEntry entry) {
        return !isOptimised(name(exchange, entry)) || isOverridden(exchange)
                ? null
                : it -> it.getMessage().removeHeader(OVERRIDE_STREAM_NAME);
    }

    private static boolean isOverridden(Exchange exchange) {
        return exchange.getMessage().getHeader(OVERRIDE_STREAM_NAME) != null;
    }

    /** A category that would have to be escaped to stand in a URI is left to an endpoint of the whole name. */
    private static boolean isOptimised(StreamName name) {
        String category = name.category();
        return !name.isCategory()
                && category.chars().allMatch(c -> c > 127 || Character.isLetterOrDigit(c) || "_:+.$".indexOf(c) >= 0);
    }

    /** As the endpoint of the whole URI would have it. */
    private static StreamName name(Exchange exchange, DynamicAwareEntry entry) {
        return EndpointName.of(normalized(exchange, entry.getUri()));
    }

    private static String normalized(Exchange exchange, String uri) {
        return exchange.getContext()
                .getCamelContextExtension()
                .normalizeUri(uri)
                .getUri();
    }
}
