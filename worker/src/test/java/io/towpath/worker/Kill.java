package io.towpath.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.slf4j.MDC;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Ends an attempt right after one of its platform calls, as the death of its worker would: the call
 * has its effect, its answer reaches nobody, and the attempt makes no call any more. The AWS SDK
 * finds this class by {@code global/handlers/execution.interceptors}, so what it knows is static.
 */
public final class Kill implements ExecutionInterceptor, Interceptor {
  private static final Map<String, Map<String, Integer>> CALLS = new ConcurrentHashMap<>();
  private static final Map<String, List<Aim>> AIMS = new ConcurrentHashMap<>();
  private static final Map<String, String> ASKED_BY = new ConcurrentHashMap<>();

  /** Questions too long for a URL: of bulks, batches, children and the bundle of an entity. */
  private static final String READS_BY_POST = ".*: POST .*/(get|batch|child|\\{id\\}/\\{n\\})";

  private static final Set<String> DEAD = ConcurrentHashMap.newKeySet();
  private static final Map<String, Runnable> STRUCK = new ConcurrentHashMap<>();

  /** Says after which of its calls an attempt dies. */
  private interface Aim {
    boolean hitBy(String call);

    boolean hit();

    /** As {@link #aims} tells it. */
    String told();
  }

  /** The nth call of this name, counted from 1, of one workflow's activities. */
  private static final class Nth implements Aim {
    private final String call;
    private final int nth;
    private int seen;

    private Nth(String call, int nth) {
      this.call = call;
      this.nth = nth;
    }

    @Override
    public synchronized boolean hitBy(String made) {
      return made.equals(call) && ++seen == nth;
    }

    @Override
    public synchronized boolean hit() {
      return seen >= nth;
    }

    @Override
    public String told() {
      return nth + "\t" + call;
    }
  }

  /** Each call the first time that it is made. */
  private static final class Each implements Aim {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public boolean hitBy(String made) {
      return seen.add(made);
    }

    @Override
    public boolean hit() {
      return !seen.isEmpty();
    }

    @Override
    public String told() {
      return "each call";
    }
  }

  /** No exception, so that nothing that handles failures takes this for one. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    private Killed() {
      super("the worker is dead", null, false, false);
    }
  }

  /** Aims at calls of the workflow with this id, told as {@link #aims} does. */
  static void aim(String workflowId, List<String> aims) {
    AIMS.put(workflowId, aims.stream().map(Kill::nth).toList());
  }

  /**
   * Does this whenever an attempt of the workflow with this id dies, before Temporal hears of it.
   */
  static void whenStruck(String workflowId, Runnable then) {
    STRUCK.put(workflowId, then);
  }

  private static Aim nth(String aim) {
    return new Nth(callOf(aim), Integer.parseInt(aim.substring(0, aim.indexOf('\t'))));
  }

  /** Aims at every call of the workflow with this id, the first time that it is made. */
  static void aimAtEach(String workflowId) {
    AIMS.put(workflowId, List.of(new Each()));
  }

  /** How often each call was made by a workflow's activities. */
  static Map<String, Integer> calls(String workflowId) {
    return new TreeMap<>(CALLS.getOrDefault(workflowId, Map.of()));
  }

  /**
   * The calls of a recorded workflow to aim at, as number, tab and name: each change that it made,
   * and each kind of read once, for a read made several times is the same read.
   */
  static List<String> aims(String workflowId) {
    List<String> aims = new ArrayList<>();
    calls(workflowId)
        .forEach(
            (call, times) -> {
              for (int nth = 1; nth <= (changes(call) ? times : 1); nth++) {
                aims.add(nth + "\t" + call);
              }
            });
    return aims;
  }

  /** The call that is aimed at, without its number. */
  static String callOf(String aim) {
    return aim.substring(aim.indexOf('\t') + 1);
  }

  /** Whether a call, told without its number, changes something on a platform. */
  static boolean changes(String call) {
    return call.matches(
            ".*: (POST|PUT|PATCH|DELETE) .*|.*: s3"
                + " (Put|Create|Upload|Complete|Copy|Abort|Delete).*")
        && !call.matches("SynapseInspect:.*|" + READS_BY_POST);
  }

  /** Lets the next attempt of an activity begin alive. */
  static void revive(String attempt) {
    DEAD.remove(attempt);
  }

  static boolean isDead(String attempt) {
    return DEAD.contains(attempt);
  }

  /** Counts the calls of one workflow among those of another. */
  static void askedBy(String workflowId, String childId) {
    ASKED_BY.put(childId, workflowId);
  }

  static String attempt(String workflowId, String activityId) {
    return workflowId + " " + activityId;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    before();
    Request request = chain.request();
    Response answer = chain.proceed(request);
    try {
      after(name(request));
    } catch (Killed killed) {
      answer.close();
      throw killed;
    }
    return answer;
  }

  /** What a workflow was aimed at and did not meet (yet). */
  static List<String> missed(String workflowId) {
    return Objects.requireNonNull(AIMS.get(workflowId), workflowId).stream()
        .filter(aim -> !aim.hit())
        .map(Aim::told)
        .toList();
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    before();
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
    after("s3 " + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
    if (context.httpResponse().isPresent()) {
      after("s3 " + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME));
    }
  }

  private static void before() {
    if (DEAD.contains(attempt())) {
      throw new Killed();
    }
  }

  private static void after(String call) {
    String caller = MDC.get("WorkflowId");
    if (caller == null) {
      return;
    }
    String workflow = ASKED_BY.getOrDefault(caller, caller);
    String made = MDC.get("ActivityType") + ": " + call;
    CALLS
        .computeIfAbsent(workflow, first -> new ConcurrentHashMap<>())
        .merge(made, 1, Integer::sum);
    boolean hit = false;
    for (Aim aim : AIMS.getOrDefault(workflow, List.of())) {
      hit |= aim.hitBy(made);
    }
    if (hit) {
      DEAD.add(attempt());
      STRUCK.getOrDefault(workflow, () -> {}).run();
      throw new Killed();
    }
  }

  private static String attempt() {
    return attempt(MDC.get("WorkflowId"), MDC.get("ActivityId"));
  }

  /** Method and path with the ids left out. */
  private static String name(Request request) {
    String path = request.url().encodedPath();
    return request.method()
        + " "
        + path.replaceAll("/syn\\d+", "/{id}")
            .replaceAll("(?<=/(apps|projects)/)[^/]+/[^/]+(?=/|$)", "{project}")
            .replaceAll("(?<=/apps/\\{project\\}/)[^/]+", "{app}")
            .replaceAll("(?<=/(index|objects)/)dg\\.[^/]+/[^/]+", "{did}")
            .replaceAll("/tp-[a-z2-7]{13}(?=/|$)", "/{n}")
            .replaceAll("(?<=/workflow)/(?!launch$)[^/]+", "/{n}")
            .replaceAll("/(?=[^/]*\\d)[A-Za-z0-9-]{3,}", "/{n}");
  }
}
