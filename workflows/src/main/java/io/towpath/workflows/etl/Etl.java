package io.towpath.workflows.etl;

import io.towpath.workflows.request.Fields;
import java.util.List;

/**
 * One kind of ETL: what {@link EtlRun} and {@link EtlPlan} do not share between kinds. An object is
 * made for one request, on whose behalf it looks at the platforms.
 *
 * @param <R> the request as written
 * @param <S> the request with every moving reference resolved
 */
public interface Etl<R, S extends EtlSpec> {
  /** Workflow type, command word and first part of the business key. */
  String type();

  /** Reads and judges the request; problems are noted in the fields' reading. */
  R read(Fields fields);

  Control control(R request);

  /** The platforms that the request needs, by the connections that it names: {@code seqera/lab}. */
  List<String> connections(R request);

  /** Stages between {@code check} and {@code report}, in order. */
  List<String> stages(R request);

  /** Pins and resolves everything, all at once. Read-only. */
  Resolution<S> resolve(R request);

  /** Looks at everything that the run would need; lists every problem. Read-only. */
  Preflight inspect(S spec);

  /** The work, once the key is claimed. */
  EtlWork work(ClaimedRun<S> run, Preflight seen);
}
