package io.github.camelmessagedb.examples.boot;

import io.github.camelmessagedb.examples.boot.Account.NoSuchAccountException;
import io.github.camelmessagedb.examples.boot.Account.OverdraftException;
import io.github.camelmessagedb.store.StoreUnavailableException;
import io.github.camelmessagedb.store.VersionConflictException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What exceptions of the routes are in HTTP. (Spring finds them as causes of Camel's.) */
@RestControllerAdvice
class Refusals {

    @ExceptionHandler
    ProblemDetail noSuchAccount(NoSuchAccountException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail overdraft(OverdraftException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
    }

    /** Somebody was faster. Whoever still wants it may ask again. */
    @ExceptionHandler
    ProblemDetail conflict(VersionConflictException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
    }

    /** Nothing was written. */
    @ExceptionHandler
    ProblemDetail unavailable(StoreUnavailableException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, "Try again later");
    }
}
