import Domain

/// A policy as it was from some time on.
struct PolicyVersionResource: ResponseObject {
    let version: ContentVersion<SLAPolicyDefinition>

    static let schema = JSONSchema.object(
        "SLAPolicyVersion",
        [JSONProperty("version", .integer(), "Its number."), JSONProperty("since", .timestamp, "From when on it was the newest.")]
            + SLAPolicyContent.definitionProperties
    )

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("version", version.number)
            writer.field("since", version.since)
            version.definition.writeFields(to: &writer)
        }
    }
}
