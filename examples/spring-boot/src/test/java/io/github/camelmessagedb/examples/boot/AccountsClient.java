package io.github.camelmessagedb.examples.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who calls the application. */
record AccountsClient(int port) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer's status and body. */
    record Answer(int status, JsonNode body) {

        long version() {
            return body.get("version").asLong();
        }
    }

    Answer open(String account) {
        return post(account, "").join();
    }

    Answer deposit(String account, long amount) {
        return post(account + "/deposits", "{\"amount\": %d}".formatted(amount)).join();
    }

    Answer withdraw(String account, long amount) {
        return withdrawing(account, amount).join();
    }

    CompletableFuture<Answer> withdrawing(String account, long amount) {
        return post(account + "/withdrawals", "{\"amount\": %d}".formatted(amount));
    }

    Answer get(String path) throws IOException, InterruptedException {
        return answer(HTTP.send(request(path).GET().build(), BodyHandlers.ofString()));
    }

    private CompletableFuture<Answer> post(String path, String body) {
        HttpRequest post = request("/accounts/" + path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return HTTP.sendAsync(post, BodyHandlers.ofString()).thenApply(AccountsClient::answer);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofMinutes(1));
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
    }
}
