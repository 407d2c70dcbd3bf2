package io.github.camelmessagedb.component;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * The names that an idExpression gives, from which ids are made. One without all its parts is none: messages that differ in
 * just that part would get one id, and all but the first count as written.
 */
final class IdNames {

    private static final String NOT_WRITTEN =
            ": all such messages would get the same id, and all but the first be taken for written. Where it may be absent, set it"
                    + " before, as to 'none'";

    private final String text;
    private final Expression whole;
    private final List<Part> parts;

    private record Part(String text, Expression expression) {}

    IdNames(String text, CamelContext context) {
        this.text = text;
        this.whole = expression(text, context);
        this.parts = functions(text).stream()
                .map(part -> new Part(part, expression(part, context)))
                .toList();
    }

    private static Expression expression(String text, CamelContext context) {
        Expression expression = context.resolveLanguage("simple").createExpression(text);
        expression.init(context);
        return expression;
    }

    /** @throws IllegalArgumentException if there is none for this exchange, or a part of it is missing */
    String of(Exchange exchange) {
        String name = whole.evaluate(exchange, String.class);
        if (name == null || name.codePoints().noneMatch(Character::isLetterOrDigit)) {
            throw new IllegalArgumentException("The idExpression '" + text + "' gave nothing for this exchange"
                    + (name == null || name.isEmpty() ? "" : " but '" + name + "'") + NOT_WRITTEN);
        }
        for (Part part : parts) {
            String value = part.expression().evaluate(exchange, String.class);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("The idExpression '" + text
                        + "' is not complete for this exchange, its " + part.text() + " gave nothing" + NOT_WRITTEN);
            }
        }
        return name;
    }

    /** What stands in braces, <code>${...}</code>, with what is nested in it; nothing where that cannot be told. */
    static List<String> functions(String text) {
        List<String> functions = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            boolean opens = text.startsWith("${", i) || text.startsWith("$simple{", i);
            if (opens) {
                begin = depth++ == 0 ? i : begin;
                i = text.indexOf('{', i);
            } else if (text.charAt(i) == '{' && depth > 0) {
                depth++;
            } else if (text.charAt(i) == '}' && depth > 0 && --depth == 0) {
                functions.add(text.substring(begin, i + 1));
            }
        }
        return depth == 0 ? functions : List.of();
    }
}
