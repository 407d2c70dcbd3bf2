package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.schema.Contract.Entry;
import org.jspecify.annotations.Nullable;

/** The statements that mend what is missing or different. */
final class Remedies {

    /** Statements up to this length are said in a sentence. */
    private static final int SHORT = 160;

    private static final String NEXT = ";\n";

    private Remedies() {}

    static @Nullable String create(Entry entry, String role) {
        String definition = SchemaSql.definition(entry.baseName()).orElse(entry.remedy());
        return switch (entry.kind()) {
            case "function" -> definition + NEXT + grant(entry, role);
            case "view" -> definition + NEXT + grant(entry, role);
            case "column" -> null;
            default -> definition;
        };
    }

    /** What has another signature or other columns cannot be replaced in place. */
    static @Nullable String recreate(Entry entry, Item item, String role) {
        boolean replaceable =
                entry.kind().equals("function") && head(entry.definition()).equals(head(item.definition()));
        return switch (entry.kind()) {
            case "function", "view" ->
                replaceable ? replace(entry) : SchemaSql.drop(entry.kind(), entry.name()) + NEXT + create(entry, role);
            case "index" ->
                entry.name().equals("messages_pkey")
                        ? null
                        : SchemaSql.drop(entry.kind(), entry.name()) + NEXT + create(entry, role);
            default -> entry.remedy();
        };
    }

    static @Nullable String replace(Entry entry) {
        String definition = SchemaSql.definition(entry.baseName()).orElse(null);
        return entry.baseName().equals("category") ? definition + NEXT + SchemaSql.reindexCategories() : definition;
    }

    static String inWords(@Nullable String mend) {
        if (mend == null) {
            return "";
        }
        return mend.length() > SHORT || mend.contains("\n")
                ? " Statements of ours mend it: remedy() in Java, messagedb verify --sql on the command line."
                : " This mends it: " + mend + ";";
    }

    private static String grant(Entry entry, String role) {
        return SchemaSql.grant(SchemaSql.privilege(entry.kind(), entry.name()), role);
    }

    private static String head(String definition) {
        return definition.replaceFirst(" LANGUAGE .*", "");
    }
}
