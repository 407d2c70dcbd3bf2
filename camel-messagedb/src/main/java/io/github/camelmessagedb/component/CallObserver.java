package io.github.camelmessagedb.component;

import org.jspecify.annotations.Nullable;

/** Is told of each call that producers make. */
interface CallObserver {

    /** Nobody. */
    CallObserver NONE = new CallObserver() {
        @Override
        public void wrote(int messages, @Nullable Throwable failure, long nanos) {}

        @Override
        public void read(int messages, @Nullable Throwable failure, long nanos) {}
    };

    /** A write has ended: with so many messages, or with a failure. */
    void wrote(int messages, @Nullable Throwable failure, long nanos);

    /** A read has ended: with so many messages, or with a failure. */
    void read(int messages, @Nullable Throwable failure, long nanos);
}
