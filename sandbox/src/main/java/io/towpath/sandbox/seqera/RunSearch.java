package io.towpath.sandbox.seqera;

import io.towpath.sandbox.engine.Repository;
import io.towpath.sandbox.http.Wildcards;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The search syntax of {@code GET /workflow}: keywords are exact and all must hold; what remains is
 * one free text, a case-insensitive prefix in which {@code *} stands for anything.
 */
final class RunSearch {
  private static final char NO_SIGN = '\0';
  private static final Pattern KEYWORD =
      Pattern.compile(
          "(?<!\\S)(runName|sessionId|workflowId|projectName|userName|username|status|label|after"
              + "|before|is|datasetId):(?:\"([^\"]*)\"|(\\S*))");

  private final Labels labels;

  RunSearch(Labels labels) {
    this.labels = labels;
  }

  /** Whether a run is found by this text. */
  Predicate<Run> parse(String search) {
    List<Predicate<Run>> terms = new ArrayList<>();
    Matcher keyword = KEYWORD.matcher(search);
    StringBuilder rest = new StringBuilder();
    while (keyword.find()) {
      String value =
          Optional.ofNullable(keyword.group(2))
              .or(() -> Optional.ofNullable(keyword.group(3)))
              .orElse("");
      terms.add(term(keyword.group(1), value));
      keyword.appendReplacement(rest, "");
    }
    keyword.appendTail(rest);
    String text = rest.toString().strip();
    if (!text.isEmpty()) {
      terms.add(freeText(text));
    }
    return run -> terms.stream().allMatch(term -> term.test(run));
  }

  private Predicate<Run> term(String keyword, String value) {
    return switch (keyword) {
      case "runName" -> run -> run.identity().runName().equals(value);
      case "sessionId" -> run -> run.identity().sessionId().equals(value);
      case "workflowId" -> run -> run.id().equals(value);
      case "projectName" -> run -> run.identity().repository().name().equals(value);
      case "userName", "username" -> run -> Account.USER_NAME.equals(value);
      case "status" -> run -> run.look().status().equalsIgnoreCase(value);
      case "label" -> run -> hasLabel(run, value);
      case "is" -> run -> value.equals("starred") && run.starred();
      case "datasetId" -> run -> run.launch().text("paramsText").contains("/datasets/" + value);
      case "after" -> after(value);
      default -> after(value).negate();
    };
  }

  private boolean hasLabel(Run run, String wanted) {
    return labels.of(run.launch().workspace()).stream()
        .filter(label -> run.labels().contains(label.id()))
        .anyMatch(
            label ->
                label.name().equalsIgnoreCase(wanted)
                    || (label.name() + "=" + label.value()).equalsIgnoreCase(wanted));
  }

  private static Predicate<Run> after(String value) {
    Instant limit = instant(value);
    return run -> !run.identity().submit().isBefore(limit);
  }

  private static Instant instant(String value) {
    try {
      return value.contains("T")
          ? Instant.parse(value)
          : LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw Answers.badRequest("Invalid date in search: '" + value + "'");
    }
  }

  private static Predicate<Run> freeText(String text) {
    String prefix = text.toLowerCase(Locale.ROOT) + "*";
    return run -> {
      Repository repository = run.identity().repository();
      return List.of(run.identity().runName(), repository.name(), run.identity().sessionId())
          .stream()
          .anyMatch(field -> Wildcards.fits(prefix, field.toLowerCase(Locale.ROOT), '*', NO_SIGN));
    };
  }
}
