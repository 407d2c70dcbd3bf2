package io.github.camelmessagedb.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    @Test
    void an_even_scale_begins_at_zero_and_has_room_for_the_greatest_value() {
        Scale scale = Scale.over(false, List.of(120.0, 230.0));

        assertThat(scale.from()).isZero();
        assertThat(scale.to()).isEqualTo(250);
        assertThat(scale.ticks()).containsExactly(0.0, 50.0, 100.0, 150.0, 200.0, 250.0);
    }

    @Test
    void a_logarithmic_scale_puts_ten_times_as_much_as_far_each_time() {
        Scale scale = Scale.exactly(true, List.of(1.0, 100.0));

        assertThat(scale.of(1)).isZero();
        assertThat(scale.of(10)).isCloseTo(0.5, within(1e-9));
        assertThat(scale.of(100)).isCloseTo(1, within(1e-9));
    }

    @Test
    void a_logarithmic_scale_has_its_ticks_at_round_numbers_around_the_values() {
        assertThat(Scale.over(true, List.of(3.0, 70.0)).ticks()).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0, 100.0);
    }

    @Test
    void values_that_are_all_alike_have_a_scale_too() {
        assertThat(Scale.over(false, List.of(0.0)).of(0)).isZero();
        assertThat(Scale.exactly(true, List.of(1.0)).of(1)).isZero();
        assertThat(Scale.over(true, List.of(1.0)).of(1)).isBetween(0.0, 1.0);
    }
}
