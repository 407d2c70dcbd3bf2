package io.github.camelmessagedb.examples.scaleout;

/**
 * A message that was handled, once.
 *
 * @param member who did it
 * @param process the process that the member was then
 * @param stream the message's
 * @param position the message's, in its stream
 */
record Handling(int member, long process, String stream, long position) {}
