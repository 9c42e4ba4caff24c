import Domain
import UseCases

extension WebhookEndpointContent: DirectoryContent {
    static let names = DirectoryNames(
        type: "WebhookEndpoint",
        plural: "WebhookEndpoints",
        phrase: "a webhook endpoint",
        path: "webhook-endpoints",
        parameter: "webhook_endpoint_id",
        read: .webhooksRead,
        write: .webhooksWrite
    )

    static let properties = [
        JSONProperty("url", .string, "Where events are sent."),
        JSONProperty("description", .string, "For people."),
        JSONProperty("event_types", .array(of: .string), "The kinds that are sent; empty: all."),
        JSONProperty("status", .codes(Status.self), "Whether anything is sent."),
        JSONProperty("failing_since", .timestamp.nullable, "Since when every delivery has failed."),
        JSONProperty(
            "earlier_secrets_until",
            .timestamp.nullable,
            "Until when deliveries are signed with earlier secrets beside the present one; null where it is the only one."
        ),
    ]

    /// The signing secrets are not among them: each is shown once, when it is made.
    func writeFields(to writer: inout JSONWriter) {
        writer.field("url", url)
        writer.field("description", note)
        writer.field("event_types", eventTypes)
        writer.field("status", status.rawValue)
        writer.field("failing_since", failingSince)
        writer.field("earlier_secrets_until", earlierSecrets.map(\.until).max())
    }
}

/// A webhook endpoint with the signing secret that was just made; without it in the answer to a repeated request.
struct CreatedWebhookResource: ResponseObject {
    let endpoint: DirectoryResource<WebhookEndpointContent>
    let secret: WebhookSigningSecret?

    static let schema = JSONSchema.object(
        "WebhookEndpointWithSecret",
        DirectoryResource<WebhookEndpointContent>.properties + [
            JSONProperty("secret", .string.nullable, "The signing secret, shown this once; null where the request was repeated.")
        ]
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            endpoint.writeFields(to: &writer)
            writer.field("secret", secret?.revealed)
        }
    }
}

/// How long what a new secret replaces signs beside it.
struct RotateWebhookSecret: RequestObject {
    private static let overlap = RequestField(
        "overlap_seconds",
        .integer(WebhookEndpointContent.overlapSeconds),
        "How long the secret that is replaced signs beside the new one; a day unless told. 0 ends it, and all before it, at once."
    )
    static let schema = JSONSchema.object("RotateWebhookSecret", [overlap.optional], isClosed: true)
    static let isOptional = true

    let overlapSeconds: Int

    init?(from reader: inout ObjectReader) {
        overlapSeconds = reader.optional(Self.overlap) ?? WebhookEndpointContent.defaultOverlapSeconds
    }
}

enum WebhookFields {
    static let url = RequestField("url", .text(1...WebhookEndpointContent.maximumURLLength), "Where events are sent: https.")
    static let note = RequestField("description", .text(0...WebhookEndpointContent.maximumNoteLength), "For people.")
    static let eventTypes = RequestField(
        "event_types",
        .array(of: .text(1...64), 0...WebhookEndpointContent.maximumEventTypes),
        "The kinds that are sent; empty: all. There are \(TicketEvent.Kind.list)."
    )
    static let status = RequestField("status", JSONType<WebhookEndpointContent.Status>.code, "Whether anything is sent.")
}

struct CreateWebhookEndpoint: RequestObject {
    static let schema = JSONSchema.object(
        "CreateWebhookEndpoint",
        [WebhookFields.url.required, WebhookFields.note.optional, WebhookFields.eventTypes.optional],
        isClosed: true
    )

    let url: String
    let note: String
    let eventTypes: [String]

    init?(from reader: inout ObjectReader) {
        let url = reader.required(WebhookFields.url)
        note = reader.optional(WebhookFields.note) ?? ""
        eventTypes = reader.optional(WebhookFields.eventTypes) ?? []
        guard let url else { return nil }
        self.url = url
    }
}

struct PatchWebhookEndpoint: ContentChange {
    static let schema = JSONSchema.object(
        "PatchWebhookEndpoint",
        [WebhookFields.url.optional, WebhookFields.note.clearable, WebhookFields.eventTypes.clearable, WebhookFields.status.optional],
        isClosed: true
    )

    let url: String?
    let note: Patch<String>
    let eventTypes: Patch<[String]>
    let status: WebhookEndpointContent.Status?

    init?(from reader: inout ObjectReader) {
        url = reader.optional(WebhookFields.url)
        note = reader.patch(WebhookFields.note)
        eventTypes = reader.patch(WebhookFields.eventTypes)
        status = reader.optional(WebhookFields.status)
    }

    func applied(to before: WebhookEndpointContent) -> WebhookEndpointContent {
        var content = before
        content.url = url ?? before.url
        content.note = note.applied(to: before.note) ?? ""
        content.eventTypes = eventTypes.applied(to: before.eventTypes) ?? []
        content.status = status ?? before.status
        return content
    }
}
