package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import java.sql.SQLException;

/** How messages are written. */
enum Way {
    OFFICIAL("", "") {
        @Override
        void writeInServer(BareJdbc jdbc, String stream, int messages) throws SQLException {
            jdbc.writeInServer(stream, messages);
        }
    },
    /** Past {@code write_message}. */
    FAST("-fast", "fastWrites=true") {
        @Override
        void writeInServer(BareJdbc jdbc, String stream, int messages) throws SQLException {
            jdbc.insertInServer(stream, messages);
        }
    };

    private final String suffix;
    private final String option;

    Way(String suffix, String option) {
        this.suffix = suffix;
        this.option = option;
    }

    /** The name of a benchmark that goes this way. */
    String named(String benchmark) {
        return benchmark + suffix;
    }

    /** The option of the endpoint that has it so, or empty. */
    String option() {
        return option;
    }

    /** What a figure says of it. */
    String inWords() {
        return option.isEmpty() ? "" : ", " + option;
    }

    /** The same without a client. */
    abstract void writeInServer(BareJdbc jdbc, String stream, int messages) throws SQLException;
}
