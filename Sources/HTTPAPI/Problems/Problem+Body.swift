import Domain
import HTTPTypes
import UseCases

extension Problem {
    static let mediaType = "application/problem+json; charset=utf-8"

    /// The body: RFC 9457's members, then ours.
    ///
    /// - Parameters:
    ///   - instance: the path of the request.
    ///   - requestID: what the `Request-Id` header says.
    ///   - address: what the type begins with; empty where the server does not know where it is reached.
    func body(instance: String, requestID: String, address: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 384 + errors.count * 96)
        writer.object { writer in
            writer.field("type", code.type(at: address))
            writer.field("title", code.title)
            writer.field("status", status.code)
            writer.fieldIfPresent("detail", detail)
            writer.field("instance", instance)
            writer.field("code", code.rawValue)
            writer.field("request_id", requestID)
            writer.fieldIfPresent("state", situation?.state)
            writer.fieldIfPresent("allowed_states", situation?.allowedStates)
            writer.fieldIfPresent("assignee_id", situation?.assigneeID)
            writer.fieldIfPresent("offered_to", situation?.offeredTo)
            writer.fieldIfPresent("busy_from", situation?.busy?.start)
            writer.fieldIfPresent("busy_until", situation?.busy?.end)
            writer.fieldIfPresent("merged_into", situation?.mergedInto)
            writer.fieldIfPresent("open_task_count", situation?.openTasks?.count)
            writer.fieldIfPresent("open_tasks", situation?.openTasks?.first)
            writer.fieldIfPresent("agent_ids", situation?.agentIDs)
            if !errors.isEmpty {
                writer.field("errors", errors)
            }
        }
        return writer.bytes
    }
}

extension FieldError: JSONWritable {
    public func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch place {
            case .pointer(let pointer): writer.field("pointer", pointer)
            case .parameter(let name): writer.field("parameter", name)
            case .header(let name): writer.field("header", name)
            }
            writer.field("code", code.rawValue)
            writer.field("detail", detail)
        }
    }
}

extension FieldError: JSONSchemaProviding {
    public static let schema = JSONSchema.object(
        "FieldError",
        [
            JSONProperty("pointer", .string, isRequired: false, "JSON Pointer (RFC 6901) to the place in the body."),
            JSONProperty("parameter", .string, isRequired: false, "Name of the query or path parameter."),
            JSONProperty("header", .string, isRequired: false, "Name of the header field."),
            JSONProperty("code", .codes(FieldErrorCode.self), "Stable code for programs."),
            JSONProperty("detail", .string, "Explanation for people."),
        ]
    )
}

extension Problem: JSONSchemaProviding {
    public static let schema = JSONSchema.object(
        "Problem",
        [
            JSONProperty("type", .string(StringShape(format: "uri-reference")), "Address of the problem type's documentation."),
            JSONProperty("title", .string, "Summary of the type."),
            JSONProperty("status", .integer(in: 400...599), "The HTTP status."),
            JSONProperty("detail", .string, isRequired: false, "What is particular to this occurrence."),
            JSONProperty("instance", .string, "Path of the request."),
            JSONProperty("code", .codes(ProblemCode.self), "Stable code for programs."),
            JSONProperty("request_id", .string, "The Request-Id; name it when asking for help."),
            JSONProperty("state", .string, isRequired: false, "The ticket's state, where that is in the way."),
            JSONProperty("allowed_states", .array(of: .string), isRequired: false, "The states that may follow."),
            JSONProperty("assignee_id", .id, isRequired: false, "Who has the ticket, where that is in the way."),
            JSONProperty("offered_to", .id, isRequired: false, "Who is asked, where that is in the way."),
            JSONProperty("busy_from", .timestamp, isRequired: false, "From when the resource is taken."),
            JSONProperty("busy_until", .timestamp, isRequired: false, "Until when it is."),
            JSONProperty("merged_into", .id, isRequired: false, "The ticket in which it goes on, where a merge is in the way."),
            JSONProperty("open_task_count", .integer(in: 1...500), isRequired: false, "How many required tasks are to be done first."),
            JSONProperty(
                "open_tasks",
                .array(of: OpenTasks.Task.schema, count: 0...OpenTasks.limit),
                isRequired: false,
                "The first of them, in their order."
            ),
            JSONProperty(
                "agent_ids",
                .array(of: .id, count: 1...DirectoryCommands.maximumReachedAgents),
                isRequired: false,
                "The first of the agents who are reached by a webhook endpoint, where that is in the way."
            ),
            JSONProperty(
                "errors",
                .array(of: FieldError.schema, count: 1...FieldErrors.maximum),
                isRequired: false,
                "Everything wrong, each at its place."
            ),
        ]
    )
}
