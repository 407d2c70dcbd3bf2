package io.github.camelmessagedb.examples.boot;

import static io.github.camelmessagedb.component.MessageDbConstants.WRITTEN_POSITION;

import io.github.camelmessagedb.examples.boot.Account.NoSuchAccountException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP to routes. What a command answers is the version of the account, which the read model has a moment later. */
@RestController
@RequestMapping("/accounts")
class AccountController {

    private static final String ID = "/{id:[A-Za-z0-9]+}";

    private final FluentProducerTemplate camel;
    private final Balances balances;

    AccountController(FluentProducerTemplate camel, Balances balances) {
        this.camel = camel;
        this.balances = balances;
    }

    @PostMapping(ID)
    Map<String, Long> open(@PathVariable String id) {
        return send("direct:open", id, Map.of());
    }

    @PostMapping(ID + "/deposits")
    Map<String, Long> deposit(@PathVariable String id, @RequestBody Amount amount) {
        return send("direct:deposit", id, amount);
    }

    @PostMapping(ID + "/withdrawals")
    Map<String, Long> withdraw(@PathVariable String id, @RequestBody Amount amount) {
        return send("direct:withdraw", id, amount);
    }

    @GetMapping
    List<Balance> all() {
        return balances.all();
    }

    @GetMapping(ID)
    Balance one(@PathVariable String id) {
        return balances.find(id).orElseThrow(NoSuchAccountException::new);
    }

    private Map<String, Long> send(String route, String account, Object command) {
        Exchange done = camel.to(route)
                .withHeader(AccountRoutes.ACCOUNT, account)
                .withBody(command)
                .send();
        if (done.getException() != null) {
            throw new CamelExecutionException("Refused", done, done.getException());
        }
        return Map.of("version", done.getMessage().getHeader(WRITTEN_POSITION, Long.class));
    }
}
