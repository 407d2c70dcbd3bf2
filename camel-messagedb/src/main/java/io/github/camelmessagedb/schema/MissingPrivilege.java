package io.github.camelmessagedb.schema;

/**
 * Something that the current role would need.
 *
 * @param privilege its name
 * @param remedy the statement with which a superuser grants it or makes it superfluous
 */
record MissingPrivilege(String privilege, String remedy) {}
