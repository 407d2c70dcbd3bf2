package io.github.camelmessagedb.examples.quickstart;

/**
 * What is known of an airport from its flights.
 *
 * @param code the airport's
 * @param flights how many there were, which is the position of the next one in the airport's stream
 * @param totalDelay of all of them, in minutes
 */
record Airport(String code, long flights, long totalDelay) {

    Airport departed(int delay) {
        return new Airport(code, flights + 1, totalDelay + delay);
    }

    double averageDelay() {
        return (double) totalDelay / flights;
    }
}
