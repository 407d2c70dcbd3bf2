package io.github.camelmessagedb.examples.boot;

/**
 * What the read model knows of an account.
 *
 * @param account its id
 * @param balance in cents
 * @param version the position of the event that told it last
 */
record Balance(String account, long balance, long version) {}
