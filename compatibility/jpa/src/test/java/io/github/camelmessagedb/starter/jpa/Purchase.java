package io.github.camelmessagedb.starter.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** An entity of the application. */
@Entity
class Purchase {

    @Id
    private @Nullable String id;

    /** For JPA. */
    protected Purchase() {}

    Purchase(String id) {
        this.id = id;
    }

    @Nullable
    String getId() {
        return id;
    }
}
