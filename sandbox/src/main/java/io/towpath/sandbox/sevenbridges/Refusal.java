package io.towpath.sandbox.sevenbridges;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.towpath.sandbox.http.Reply;

/**
 * The platform's error codes that the stand-in answers with (docs.cavatica.org api-status-codes);
 * the HTTP statuses of codes above 7004 are not verified.
 */
enum Refusal {
  MAINTENANCE(503, 0, "The Platform is currently under maintenance."),
  RATE_LIMIT(429, 1000, "Rate limit exceeded! Check response headers."),
  NO_USER(404, 2002, "Requested user does not exist."),
  PROJECT_FORBIDDEN(403, 3001, "Not enough privileges to access the requested project/member."),
  NO_PROJECT(404, 3002, "Requested project or member does not exist."),
  MEMBER_EXISTS(409, 3003, "Requested project/member already exists."),
  NO_MEMBER_NAME(400, 3005, "Member username must not be null or empty string."),
  NO_PROJECT_NAME(400, 3007, "Project name must not be null or empty string."),
  NO_BILLING_ID(400, 3008, "Billing group id must not be null or empty string."),
  NO_PERMISSIONS(400, 3011, "Project permissions must not be null or an empty value."),
  MALFORMED_PROJECT(400, 3012, "Malformed project id. Expecting `owner/project`."),
  PERMISSIONS_INCOMPLETE(400, 3013, "Please provide all permissions data."),
  NO_BILLING(404, 4002, "Requested billing group/invoice does not exist."),
  MALFORMED_BILLING(400, 4005, "Billing group id must be a valid UUID."),
  FILE_FORBIDDEN(403, 5001, "Insufficient privileges to access the requested file."),
  NO_FILE(404, 5002, "Requested file does not exist."),
  FILE_EXISTS(409, 5003, "Requested file already exists."),
  MALFORMED_FILE_PROJECT(
      400, 5005, "Malformed project query parameter. Expecting `?project=owner/project`."),
  METADATA_INVALID(400, 5006, "Metadata validation failed."),
  FILE_TYPE(400, 5012, "Invalid `type` supplied. Allowed values: [folder]."),
  COPY_FORBIDDEN(403, 5014, "Insufficient privileges to copy the requested file."),
  MOVE_BETWEEN_PROJECTS(400, 5015, "Moving files between projects is not supported."),
  FOLDER_DOWNLOAD(400, 5017, "Downloading folders is not supported."),
  FOLDER_COPY(400, 5018, "Copying folders is not supported."),
  FOLDER_NOT_EMPTY(400, 5021, "Deleting non-empty folders is not supported."),
  PARENT_NOT_FOLDER(400, 5022, "The parent specified is not a folder."),
  FOLDER_UPDATE(400, 5023, "Updating folder details is not supported."),
  FILE_NAME(400, 5024, "Invalid name parameter. Check the documentation."),
  FOLDER_METADATA(400, 5025, "Updating folder metadata is not supported."),
  NO_FOLDER(404, 5026, "Destination folder is not found."),
  FOLDER_TAGS(400, 5027, "Updating folder tags is not supported."),
  NO_PARENT(
      400, 5029, "Missing `parent` or `project` field. These fields must be included together."),
  FOLDER_EXISTS(409, 5030, "Requested folder already exists."),
  PARENT_AND_PROJECT(400, 5031, "Providing both `parent` and `project` is not allowed."),
  INACTIVE_VOLUME(400, 5034, "Downloading files from an inactive volume is not supported."),
  APP_FORBIDDEN(403, 6001, "Insufficient privileges to access the requested app/revision."),
  NO_APP(404, 6002, "Requested app/revision does not exist."),
  APP_EXISTS(409, 6003, "Requested app/revision already exists."),
  NO_APP_PROJECT(400, 6009, "Destination project must not be null or an empty string."),
  MALFORMED_APP(400, 6011, "Malformed app id. Expecting `owner/project/app_name/revision`."),
  APP_VISIBILITY(
      400, 6012, "Invalid visibility query parameter. Allowed values: [PUBLIC, PRIVATE]."),
  TASK_FORBIDDEN(403, 7001, "Insufficient privileges to access the requested task."),
  NO_TASK(404, 7002, "Requested task does not exist."),
  MALFORMED_TASK(400, 7005, "Task ID must be a valid UUID."),
  TASK_STATUS(
      400,
      7006,
      "Invalid task status. Allowed values: [QUEUED, DRAFT, RUNNING, COMPLETED, ABORTED, ABORTING,"
          + " FAILED]"),
  ONLY_DRAFT(400, 7007, "This action is only available for DRAFT tasks."),
  RUN_ONLY_DRAFT(400, 7010, "Invalid task action. Action can be performed on DRAFT tasks."),
  ABORT_ONLY_ACTIVE(
      400,
      7011,
      "Invalid task action. Action can be performed on tasks in the states: CREATING, RUNNING or"
          + " QUEUED."),
  MISSING_INPUTS(400, 7012, "Missing inputs."),
  TASK_ACTION(400, 7013, "Invalid task action."),
  NO_TASK_APP(400, 7015, "App Id must not be null or an empty string."),
  APP_URL(400, 7016, "Invalid app url."),
  BATCH_INPUT(
      400,
      7018,
      "Batch input property should reference input identifier or omitted. Empty value is not"
          + " allowed."),
  NO_BATCH_CRITERIA(400, 7019, "Missing batch criteria."),
  BATCH_TYPE(400, 7020, "Invalid batch type supplied. Allowed values: [criteria, item]."),
  UNBATCH_DRAFT(400, 7021, "Batching can only be disabled if the task is submitted for execution."),
  UNBATCH_SINGLE(400, 7022, "Disabling batching action is only available for BATCH tasks."),
  BATCH_INCOMPLETE(
      400, 7023, "Missing batch_by or batch_input fields. These fields must be included together."),
  NOT_VALID(400, 7024, "Task can not be started due to validation errors."),
  EDIT_ONLY_DRAFT(
      400,
      7026,
      "Editing is available only for tasks which are in DRAFT status. Tasks which are in RUNNING"
          + " and COMPLETED states can only be renamed."),
  NO_READ_ACCESS(403, 9001, "Could not obtain read access on the service."),
  TRANSFER_PROJECT_FORBIDDEN(403, 9003, "Insufficient privileges to access the requested project."),
  NO_EXPORT(400, 9006, "Requested file cannot be exported."),
  NO_VOLUME(404, 9007, "Requested volume does not exist."),
  NO_JOB(404, 9008, "Requested job does not exist."),
  NO_TRANSFER_FILE(404, 9009, "Requested file does not exist."),
  VOLUME_EXISTS(409, 9010, "Requested volume name already exists."),
  TRANSFER_SYNTAX(400, 9011, "Invalid request syntax."),
  NO_TRANSFER_PROJECT(404, 9012, "Requested project or member does not exist."),
  NO_VOLUME_NAME(400, 9013, "Volume name must not be null or an empty string."),
  VOLUME_NAME(
      400, 9014, "Volume name must consist of up to 32 English letters, numbers and underscores."),
  VOLUME_MODE(400, 9015, "`access_mode` must be provided (either `RO` or `RW`)."),
  NO_SERVICE(400, 9016, "`service` object must be provided."),
  SERVICE(400, 9017, "`service` object is invalid. Check the documentation."),
  CANNOT_INFER_NAME(400, 9018, "Cannot infer file name and none given."),
  VOLUME_FORBIDDEN(403, 9020, "Insufficient privileges to access the requested volume."),
  ENCRYPTION(
      400,
      9023,
      "Invalid server-side encryption selected (`sse_algorithm`). Check the documentation."),
  JOB_SERVICE(503, 9100, "There was an error communicating with the service."),
  JOB_VOLUME_READ_ONLY(
      400, 9101, "The volume is not configured for writing (`access mode` is not set to `RW`)."),
  JOB_NOT_ACCESSIBLE(403, 9103, "Location on volume is not accessible as configured."),
  JOB_NO_LOCATION(404, 9105, "Location on volume not found."),
  JOB_NO_FILE(404, 9106, "Requested file does not exist."),
  JOB_LOCATION_TAKEN(409, 9107, "Location on volume already contains a file."),
  JOB_FILE_EXISTS(409, 9108, "Requested file already exists."),
  BAD_REQUEST(400, 90000, "Bad request."),
  UNAUTHORIZED(401, 90001, "Unauthorized."),
  FORBIDDEN(403, 90002, "Forbidden."),
  NOT_FOUND(404, 90003, "Not found."),
  UNEXPECTED(500, 90004, "Unexpected error happened."),
  METHOD(405, 90006, "Method not allowed."),
  UNREADABLE(400, 90009, "An error occurred during the decoding of the request content.");

  private static final String MORE = "https://docs.cavatica.org/reference/api-status-codes#";

  private final int status;
  private final int code;
  private final String message;

  Refusal(int status, int code, String message) {
    this.status = status;
    this.code = code;
    this.message = message;
  }

  int code() {
    return code;
  }

  String message() {
    return message;
  }

  ObjectNode json() {
    return json(message);
  }

  ObjectNode json(String words) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("status", status)
        .put("code", code)
        .put("message", words)
        .put("more_info", MORE + code);
  }

  Reply reply() {
    return Reply.json(status, json());
  }

  Refused thrown() {
    return new Refused(status, json());
  }

  /** The same code with words that say more. */
  Refused thrown(String words) {
    return new Refused(status, json(words));
  }
}
