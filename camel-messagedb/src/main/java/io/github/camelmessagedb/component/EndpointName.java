package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.StreamName;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;

/**
 * The name in the URI of an endpoint. Camel takes escapes out of a URI when it normalizes it, and a component takes out
 * what is left: so {@code %XX} stands for a character, and {@code %25XX} does too. Any other character, also a percent
 * sign that is followed by something else, stands for itself, but for the question mark that ends the name.
 */
final class EndpointName {

    private static final char UNDECODABLE = '\uFFFD';

    private EndpointName() {}

    /**
     * @param normalizedUri as Camel normalizes it
     * @throws IllegalArgumentException if it is no name, or has escapes that are not UTF-8
     */
    static StreamName of(String normalizedUri) {
        String name = decode(normalizedUri);
        if (name.indexOf(UNDECODABLE) >= 0) {
            throw new IllegalArgumentException("Bad name '" + name
                    + "': what follows a percent sign in it is taken for an escape, but is not UTF-8. Write %2525 for a"
                    + " percent sign before two hexadecimal digits");
        }
        if (name.isEmpty()) {
            throw new IllegalArgumentException("No name in '" + normalizedUri
                    + "': write that of a category, messagedb:account, or of a stream, messagedb:account-123");
        }
        return StreamName.of(name);
    }

    /** First the name ends at the question mark, then escapes are taken out: an escaped question mark is part of it. */
    private static String decode(String normalizedUri) {
        try {
            URI uri = new URI(UnsafeUriCharactersEncoder.encode(normalizedUri));
            String path = URISupport.extractRemainderPath(uri, true);
            return path.isEmpty() ? path : new URI("name:" + path).getSchemeSpecificPart();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Bad name in '" + normalizedUri + "': " + e.getReason(), e);
        }
    }
}
