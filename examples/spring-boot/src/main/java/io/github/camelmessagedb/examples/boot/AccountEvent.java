package io.github.camelmessagedb.examples.boot;

import tools.jackson.databind.json.JsonMapper;

/** What happens to accounts: Opened, Deposited, Withdrawn. */
final class AccountEvent {

    private AccountEvent() {}

    /** By how much an event changes the balance of its account. */
    static long change(String type, String data) {
        return switch (type) {
            case "Opened" -> 0;
            case "Deposited" -> amount(data);
            case "Withdrawn" -> -amount(data);
            // To go on without it would give balances that are wrong.
            default -> throw new IllegalArgumentException("Unknown event of an account: " + type);
        };
    }

    private static long amount(String data) {
        return JsonMapper.shared().readValue(data, Amount.class).amount();
    }
}
