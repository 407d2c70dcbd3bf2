package io.github.camelmessagedb.subscription;

import java.util.concurrent.Executor;

/**
 * What all the workers of a run have in common.
 *
 * @param handler what handles messages
 * @param handling how they are given to it
 * @param executor has a thread for each worker
 * @param time the clock
 * @param events who follows what becomes of them
 */
record Work(MessageHandler handler, Handling handling, Executor executor, Time time, Events events) {

    /** Told by workers, on their threads. */
    interface Events {

        /** Messages were handled, or left out. */
        void handled(int messages);

        /** Messages that were not handled are given again. */
        void retried(int messages);

        /** Messages that were not handled are left out. */
        void skipped(int messages);

        /** A worker has nothing to do, or waits to try again. */
        void idle();

        /** The subscription must end. */
        void ended(SubscriptionEndedException reason);
    }
}
