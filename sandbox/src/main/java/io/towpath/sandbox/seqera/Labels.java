package io.towpath.sandbox.seqera;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The labels of all workspaces, with the platform's rules for them. */
final class Labels {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9](?:[-_]?[A-Za-z0-9])+");
  private static final int SHORTEST = 2;
  private static final int LONGEST = 39;
  private static final int MOST_PER_WORKSPACE = 1000;

  private final Ids ids;
  private final List<Label> all = new ArrayList<>();

  Labels(Ids ids, Collection<Label> existing) {
    this.ids = ids;
    this.all.addAll(existing);
  }

  synchronized List<Label> of(Workspace workspace) {
    return all.stream().filter(label -> label.workspaceId() == workspace.id()).toList();
  }

  synchronized Optional<Label> find(
      Workspace workspace, String name, String value, boolean resource) {
    return of(workspace).stream().filter(label -> label.sameAs(name, value, resource)).findFirst();
  }

  synchronized Label create(Workspace workspace, String name, String value, boolean resource) {
    if (!legal(name) || (resource && value.isEmpty())) {
      throw Answers.badRequest(
          "Label name must contain 2 to 39 alphanumeric characters, separated by single dashes or"
              + " underscores");
    }
    if (of(workspace).size() >= MOST_PER_WORKSPACE) {
      throw Answers.badRequest("Limit of 1000 labels per workspace reached");
    }
    Label label = new Label(ids.number(), workspace.id(), name, value, resource);
    all.add(label);
    return label;
  }

  /** Refuses too many labels, and labels that the workspace does not have. */
  void check(Workspace workspace, Collection<Long> wanted, int most) {
    if (wanted.size() > most) {
      throw Answers.badRequest("A workflow cannot have more than " + most + " labels");
    }
    List<Long> known = of(workspace).stream().map(Label::id).toList();
    for (Long id : wanted) {
      if (!known.contains(id)) {
        throw Answers.badRequest("Unknown label with id: " + id);
      }
    }
  }

  private static boolean legal(String name) {
    return name.length() >= SHORTEST && name.length() <= LONGEST && LEGAL.matcher(name).matches();
  }
}
