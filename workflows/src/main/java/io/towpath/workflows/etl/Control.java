package io.towpath.workflows.etl;

import io.towpath.workflows.ledger.Rerun;
import io.towpath.workflows.request.Fields;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What every request may say of how it is run, without changing what it does; no part of a digest.
 *
 * @param dataset a label for people and search
 * @param rerun what finished work means
 * @param takeOver the operator's word that a holder in another namespace is dead
 * @param connection name of the platform connections on the worker
 * @param recipients who is told of gates and of the end
 */
public record Control(
    Optional<String> dataset,
    Rerun rerun,
    boolean takeOver,
    String connection,
    List<String> recipients) {

  /** The connection to each of these platforms. */
  public List<String> connections(String... platforms) {
    return Arrays.stream(platforms).map(platform -> platform + "/" + connection).toList();
  }

  /** Reads the fields that all requests have in common. */
  public static Control read(Fields fields) {
    return new Control(
        fields.optionalText("dataset", "a label for people and search"),
        Rerun.of(
            fields.choice(
                "rerun",
                List.of("ifFailed", "always", "never"),
                "when finished work is done again")),
        fields.flag(
            "takeOver", false, "the operator's word that a holder in another namespace is dead"),
        fields.text("connection", "default", "name of the platform connections on the worker"),
        Notices.read(fields));
  }
}
