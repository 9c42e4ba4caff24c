public import Logging

/// A log handler that prints one JSON object a line: `{"time","level","logger","message","source"?,"fields"?}`.
///
/// Times are RFC 3339 UTC with microseconds. Control characters are escaped, values longer than ``maximumValueBytes`` are cut, nesting
/// deeper than ``maximumDepth`` is dropped, and ``Secret`` values as well as values marked ``LogSensitivity/sensitive`` print as a fixed mark.
public struct JSONLogHandler: LogHandler {
    /// The longest text value in bytes of UTF-8.
    public static let maximumValueBytes = 4_096
    /// The deepest nesting of metadata dictionaries and arrays.
    public static let maximumDepth = 4
    /// The most entries of one metadata dictionary or array.
    public static let maximumEntries = 64

    public var metadata: Logger.Metadata = [:]
    public var metadataProvider: Logger.MetadataProvider?
    public var logLevel: Logger.Level

    private let label: String
    private let output: any LogOutput
    private let now: @Sendable () -> Int64

    public init(
        label: String,
        level: Logger.Level = .info,
        output: any LogOutput = FileDescriptorOutput.standardError,
        metadataProvider: Logger.MetadataProvider? = nil
    ) {
        self.init(label: label, level: level, output: output, metadataProvider: metadataProvider, now: WallClock.microseconds)
    }

    /// - Parameter now: gives microseconds since 1970; tests pass their own.
    package init(
        label: String,
        level: Logger.Level,
        output: any LogOutput,
        metadataProvider: Logger.MetadataProvider?,
        now: @escaping @Sendable () -> Int64
    ) {
        self.label = label
        self.logLevel = level
        self.output = output
        self.metadataProvider = metadataProvider
        self.now = now
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        var line = JSONLine(maximumValueBytes: JSONLogHandler.maximumValueBytes)
        line.beginObject()
        line.key("time")
        line.time(microseconds: now())
        line.key("level")
        line.string(event.level.rawValue)
        line.key("logger")
        line.string(label)
        line.key("message")
        line.string(event.message.description)
        line.key("source")
        line.string(event.source)
        if let error = event.error {
            line.key("error")
            line.string(String(describing: error))
        }
        let fields = merged(event.metadata)
        if !fields.isEmpty {
            line.key("fields")
            append(.dictionary(fields), to: &line, depth: 0)
        }
        line.endObject()
        line.endLine()
        output.write(line: line.bytes)
    }

    /// The call's own values win over the provider's, and those over the logger's.
    private func merged(_ explicit: Logger.Metadata?) -> Logger.Metadata {
        var fields = metadata
        if let provided = metadataProvider?.get() {
            fields.merge(provided) { _, new in new }
        }
        if let explicit {
            fields.merge(explicit) { _, new in new }
        }
        return fields
    }

    private func append(_ value: Logger.MetadataValue, to line: inout JSONLine, depth: Int) {
        switch value {
        case .string(let text):
            line.string(text)
        case .stringConvertible(let convertible):
            line.string(value.attributes[LogSensitivity.self] == .sensitive ? Secret.redacted : convertible.description)
        case .dictionary, .array:
            guard depth < JSONLogHandler.maximumDepth else {
                line.string("…")
                return
            }
            appendNested(value, to: &line, depth: depth)
        }
    }

    private func appendNested(_ value: Logger.MetadataValue, to line: inout JSONLine, depth: Int) {
        if case .dictionary(let entries) = value {
            line.beginObject()
            for (name, entry) in entries.sorted(by: { $0.key < $1.key }).prefix(JSONLogHandler.maximumEntries) {
                line.key(name)
                append(entry, to: &line, depth: depth + 1)
            }
            line.endObject()
        } else if case .array(let entries) = value {
            line.beginArray()
            for entry in entries.prefix(JSONLogHandler.maximumEntries) {
                append(entry, to: &line, depth: depth + 1)
            }
            line.endArray()
        }
    }
}
