package io.github.camelmessagedb.faults;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Two shapes, for faults that all of them meet alike; in the long run all. */
final class FewShapes implements ArgumentsProvider {

    @Override
    public Stream<? extends Arguments> provideArguments(ParameterDeclarations parameters, ExtensionContext context) {
        return Boolean.getBoolean("messagedb.faults.long")
                ? Stream.of(Shape.values()).map(Arguments::of)
                : Stream.of(Arguments.of(Shape.IN_A_GROUP), Arguments.of(Shape.EVERYTHING));
    }
}
