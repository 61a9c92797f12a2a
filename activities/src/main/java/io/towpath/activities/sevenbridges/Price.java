package io.towpath.activities.sevenbridges;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What something cost.
 *
 * @param currency as the platform names it
 */
record Price(BigDecimal amount, String currency) {
  /** The price in a text such as {@code 1.25 USD}. */
  static Optional<Price> of(Optional<String> text) {
    return text.map(price -> price.split(" ", 2))
        .map(parts -> new Price(new BigDecimal(parts[0]), parts.length > 1 ? parts[1] : ""));
  }

  /** What the platform says that a task cost. */
  static Optional<Price> of(TaskRow task) {
    if (!task.json().path("price").path("amount").isNumber()) {
      return Optional.empty();
    }
    return Optional.of(
        new Price(
            task.json().path("price").path("amount").decimalValue(),
            task.json().path("price").path("currency").asText("")));
  }

  /** Two prices of one account, which has one currency. */
  static Optional<Price> sum(Optional<Price> one, Optional<Price> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return Optional.of(new Price(one.get().amount.add(other.get().amount), one.get().currency));
  }

  String text() {
    return (amount.toPlainString() + " " + currency).strip();
  }
}
